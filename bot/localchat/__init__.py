"""A small Telegram Bot API server on this computer, with a chat page in the browser.

Two uses:

* People talk to the unmodified bot without a Telegram account: they open ``page_url``.
* Tests talk to the unmodified bot over real HTTP: ``LocalTelegram`` injects what people do and
  reads what the bot answered.

The bot is pointed here with ``base_url`` and ``base_file_url``; nothing else in it changes::

    server = LocalTelegram(token="1:local")
    await server.start(port=0)
    app = ApplicationBuilder().token("1:local").base_url(server.base_url)...
    server.send_text(1001, "你好")
    reply = await server.wait_for(1001)
    await server.stop()

The path of one message:

=================  =========================================================================
``page_api.py``    the page's requests; or a test calls ``LocalTelegram`` directly
``inbound.py``     what a person did becomes a stored message and a Telegram update
``updates.py``     the queue of updates the bot has not confirmed yet
``delivery.py``    hands updates to the bot: long polling or webhook
``server.py``      HTTP: the bot calls a method; host, token and faults are checked here
``methods*.py``    one function per Bot API method; ``limits.py``, ``rate.py``, ``entities.py``
                   hold Telegram's rules
``state.py``       chats, people and messages in Bot API JSON; tells listeners what changed
``page_api.py``    the change reaches the page as a server-sent event
=================  =========================================================================

The server binds loopback addresses only and keeps everything in memory.
"""

from bot.localchat.errors import ApiError
from bot.localchat.facade import LocalTelegram
from bot.localchat.rate import RateLimits
from bot.localchat.server import Call

__all__ = ["ApiError", "Call", "LocalTelegram", "RateLimits"]
