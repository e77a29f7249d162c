"""Authorizes one job with the generated client, and prints the decision that the client read."""

import sys

from tollgate import AuthenticatedClient
from tollgate.api.meter import authorize_usage
from tollgate.models import AllowedAuthorization, AuthorizeUsageBody, DeniedAuthorization

url, token, app_id = sys.argv[1:]
client = AuthenticatedClient(base_url=url, token=token, raise_on_unexpected_status=True)
body = AuthorizeUsageBody(
    authorization_id="generated-1",
    app_id=app_id,
    meter="model-derivative-complex-job",
    quantity=2,
)
answer = authorize_usage.sync(client=client, body=body)
if isinstance(answer, AllowedAuthorization):
    print("allow", answer.funded_by.value, answer.expires_at.isoformat())
elif isinstance(answer, DeniedAuthorization):
    print("deny", answer.refusal.code.value)
else:
    sys.exit(f"no decision: {answer}")
