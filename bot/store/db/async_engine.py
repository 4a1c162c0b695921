"""SQLAlchemy's asynchronous engine without its object-relational mapper.

The package imports the mapper for sessions, which nothing here uses: a twentieth of the time that
a command takes, and 8 MB of each process.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
else:
    import sqlalchemy.ext

    _PACKAGE = "sqlalchemy.ext.asyncio"
    if _PACKAGE in sys.modules:
        from sqlalchemy.ext.asyncio.engine import AsyncConnection, AsyncEngine, create_async_engine
    else:
        sys.modules[_PACKAGE] = ModuleType(_PACKAGE)
        sys.modules[_PACKAGE].__path__ = [f"{each}/asyncio" for each in sqlalchemy.ext.__path__]
        try:
            from sqlalchemy.ext.asyncio.engine import (
                AsyncConnection,
                AsyncEngine,
                create_async_engine,
            )
        finally:
            del sys.modules[_PACKAGE]  # whoever imports the package gets all of it

__all__ = ["AsyncConnection", "AsyncEngine", "create_async_engine"]
