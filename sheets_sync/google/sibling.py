"""Several clients of one service account over the same connections and token."""

from sheets_sync.google.client import CarefulClient


def sibling(client: CarefulClient) -> CarefulClient:
    """A client of the same account, which counts its calls by itself."""
    made = CarefulClient(client.credentials, client.base_url, client.deadline)
    made.session = client.session
    return made
