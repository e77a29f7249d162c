"""An agent with the official Python client: asks, works, is refused, and prints what it saw as JSON."""

import asyncio
import json
import sys

import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

url, token, mode, job = sys.argv[1:]
use = {"appId": "kumo-converter", "meter": "automation-autocad"}


async def main() -> None:
    headers = {"authorization": f"Bearer {token}"}
    async with httpx2.AsyncClient(headers=headers) as http:
        async with Client(streamable_http_client(url, http_client=http), mode=mode) as client:
            await see(client)


async def see(client: Client) -> None:
    seen: dict[str, object] = {"tools": [tool.name for tool in (await client.list_tools()).tools]}

    async def call(label: str, name: str, arguments: dict[str, object]):
        result = await client.call_tool(name, arguments)
        seen[label] = result.structured_content if not result.is_error else json.loads(result.content[0].text)
        return seen[label]

    await call("quote", "quote", {"quoteId": f"q-{job}", **use, "quantity": 720})
    granted = await call("authorize", "authorize", {"jobId": job, **use, "quantity": 720})
    authorization = {"authorizationId": granted["authorizationId"]}
    await call("capture", "capture", {**authorization, "used": 720, "final": True})
    await call("explain", "explain_charge", authorization)
    await call("beyond", "may_i", {**use, "quantity": 1_000_000})
    await call("bad", "may_i", {"appId": 5})
    try:
        await client.call_tool("no_such_tool", {})
    except Exception as error:
        seen["unknown"] = str(error)
    print(json.dumps(seen))


asyncio.run(main())
