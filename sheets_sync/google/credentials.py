"""The service account's credentials, which talk to the token endpoint and to nobody else."""

from google.oauth2.service_account import Credentials


class ServiceAccount(Credentials):
    """google-auth's own credentials without the look-up of a 'regional access boundary'.

    google-auth (2.62) asks iamcredentials.googleapis.com, beside every token, in which regions the account may be
    used; a service account of ours has no such limit, and on an embedded Google the question would leave the machine.
    """

    def _is_regional_access_boundary_lookup_required(self) -> bool:
        return False
