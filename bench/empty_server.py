"""The SDK's own empty server: what any server of this SDK costs at least."""

from mcp.server import MCPServer

server = MCPServer("empty", log_level="WARNING")


@server.tool()
def ping() -> str:
    return "pong"


server.run("stdio")
