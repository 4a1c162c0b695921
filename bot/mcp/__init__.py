"""An MCP server over standard input and output, for assistants; it reads only."""
