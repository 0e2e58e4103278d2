"""The service account's credentials, which talk to the token endpoint and to nobody else."""

from typing import Any

import requests
from google.auth import exceptions as auth_errors
from google.oauth2.service_account import Credentials


class ServiceAccount(Credentials):
    """google-auth's own credentials without the look-up of a 'regional access boundary'.

    google-auth (2.62) asks iamcredentials.googleapis.com, beside every token, in which regions the account may be
    used; a service account of ours has no such limit, and on an embedded Google the question would leave the machine.
    """

    def _is_regional_access_boundary_lookup_required(self) -> bool:
        return False

    def refresh(self, request: Any) -> None:
        """Fetch a token. Raises GoogleAuthError, and nothing else: an answer that is none counts as out of reach.

        google-auth (2.62) takes the empty body of an answer that was cut within its head for a token's, and fails with
        whatever Python says of it; an answer cut later, or no certificates, pass it as errors of requests and of files.
        """
        try:
            super().refresh(request)  # type: ignore[no-untyped-call]
        except auth_errors.GoogleAuthError:
            raise
        except requests.RequestException as error:
            raise auth_errors.TransportError(error) from error  # type: ignore[no-untyped-call]
        except OSError as error:
            cause = requests.exceptions.SSLError(error)
            raise auth_errors.TransportError(cause) from cause  # type: ignore[no-untyped-call]
        except (TypeError, ValueError, KeyError, AttributeError, OverflowError) as error:
            raise auth_errors.TransportError(error) from error  # type: ignore[no-untyped-call]
        if not self.token or not isinstance(self.token, str):
            self.token = None
            raise auth_errors.TransportError("an answer without a token")  # type: ignore[no-untyped-call]
