"""A plugin of the AWS CLI that answers in the place of AWS.

The CLI parses, validates and prints as always, and sends nothing. An answer is the output shape of the operation, filled in; where
the templates know better, their values replace it. Each operation and its parameters are written to the file RUNBOOK_SENT.
"""

import io
import json
import os
import uuid

from awscli.botocore.utils import ArgumentGenerator

with open(os.environ["RUNBOOK_STATE"]) as file:
    STATE = json.load(file)

PAGE_TOKENS = ("nextToken", "NextToken", "NextMarker")


class Answered:
    """What the CLI reads of an HTTP response."""

    status_code = 200
    headers = {}


def resources(params):
    return {
        "StackResourceSummaries": [
            {"LogicalResourceId": one["id"], "PhysicalResourceId": one["name"], "ResourceType": one["type"]}
            for one in STATE["stacks"][params["StackName"]]["resources"]
        ]
    }


def outputs(params):
    found = STATE["stacks"][params["StackName"]]["outputs"]
    return {"Stacks": [{"Outputs": [{"OutputKey": key, "OutputValue": value} for key, value in found.items()]}]}


def mappings(params):
    reason = {"StateTransitionReason": "USER_INITIATED", "LastProcessingResult": "OK"}
    return {"EventSourceMappings": [{"UUID": str(uuid.uuid4()), "State": "Disabled", **reason}]}


KNOWN = {
    "ListStackResources": resources,
    "DescribeStacks": outputs,
    "ListEventSourceMappings": mappings,
    "GetNamedQuery": lambda params: {"NamedQuery": {"QueryString": STATE["queries"][params["NamedQueryId"]]}},
    # Athena has an operation of the same name, without such an id.
    "GetQueryResults": lambda params: {"status": "Complete"} if "queryId" in params else {},
}

latest = {}


def remember(params, model, **_):
    latest[model.name] = params


def answer(model, **_):
    params = latest[model.name]
    line = {"service": model.service_model.service_name, "operation": model.name, "params": params}
    with open(os.environ["RUNBOOK_SENT"], "a") as sent:
        sent.write(json.dumps(line, default=str) + "\n")
    return Answered(), {**fill(model), **KNOWN.get(model.name, lambda _: {})(params)}


def fill(model):
    if model.output_shape is None:
        return {}
    filled = ArgumentGenerator(use_member_names=True).generate_skeleton(model.output_shape)
    if model.has_streaming_output:
        filled[model.output_shape.serialization["payload"]] = io.BytesIO()
    return {name: value for name, value in filled.items() if name not in PAGE_TOKENS}


def awscli_initialize(cli):
    cli.register_last("before-parameter-build", remember)
    cli.register("before-call", answer)
