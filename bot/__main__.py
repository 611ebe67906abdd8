"""`python -m bot`: reads the settings, loads the coach, serves the local chat and Telegram until stopped."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from contextlib import AsyncExitStack
from pathlib import Path

from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, Updater

from bot import app, broadcast
from bot.engine import EmbeddedEngine, Engine, HttpEngine
from bot.handlers.commands import set_menu
from bot.handlers.gate import is_local_bot
from bot.inbox import InboxQueue
from bot.lanes import Lanes
from bot.log_filter import configure_logging
from bot.settings import Settings, SettingsError, read_settings
from bot.watchdog import Watchdog, teller
from store import bot_names, claims
from store.clock import utc_now
from store.database import PATH_VARIABLE, database

LOGGER = logging.getLogger(__name__)
# The local chat's bot; the token is no secret, because the server listens on loopback only.
LOCAL_TOKEN = "10000:local-chat-token-not-a-secret-00000"
HEARTBEAT_S = 20
# Together less than the ten seconds after which service managers and Docker kill a process.
STOP_SENDING_S, STOP_ASKING_S, FINISH_S = 1.5, 2.0, 5.0
LOCAL_USERNAME = "seed_coach_bot"


def main() -> int:
    """Run the product; exit code 2 for wrong settings."""
    try:
        settings = read_settings(Path(".env"))
    except SettingsError as error:
        print(f"Settings are wrong (see .env.example):\n{error}", file=sys.stderr)
        return 2
    configure_logging(settings.log_level)
    os.environ[PATH_VARIABLE] = str(settings.database)
    try:
        asyncio.run(serve(settings))
    except InvalidToken:
        print("Telegram refuses TELEGRAM_BOT_TOKEN: copy it again from @BotFather", file=sys.stderr)
        return 2
    return 0


async def serve(settings: Settings) -> None:
    """Serve until SIGINT or SIGTERM, then finish what is under way."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with AsyncExitStack() as stack:
        starting = asyncio.create_task(start(settings, stack))
        stopping = asyncio.create_task(stop.wait())
        # Telegram may be out of reach for hours; a stop is obeyed meanwhile.
        await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if stopping.done():
            starting.cancel()
        await asyncio.gather(starting, return_exceptions=stopping.done())
        await stopping
        LOGGER.info("stopping")


async def start(settings: Settings, stack: AsyncExitStack) -> None:
    """Start every part that the settings ask for; the stack ends them in reverse order."""
    engine = load_engine(settings, stack)
    stack.push_async_callback(engine.close)
    if settings.local_chat:
        await serve_local_chat(settings, engine, stack)
    if settings.telegram_token:
        await serve_telegram(settings, engine, stack)
    if settings.heartbeat_file:
        beat = asyncio.create_task(heartbeat(settings.heartbeat_file))
        stack.callback(beat.cancel)


async def heartbeat(file: Path) -> None:
    """Touch `file` again and again; a loop that hangs no longer does, and the health check sees it."""
    while True:
        file.touch()
        await asyncio.sleep(HEARTBEAT_S)


def load_engine(settings: Settings, stack: AsyncExitStack) -> Engine:
    """Rasa over HTTP where RASA_URL is set, else in this process, with the model for the present data.

    A model for the company's table is used where it is there already; otherwise `bot/own_model.py` sees to it.
    """
    if settings.rasa_url:
        return HttpEngine(settings.rasa_url)
    LOGGER.info("loading the coach …")
    from bot.own_model import OwnModel
    from dialogues.own_content import loadable_model

    model = loadable_model()
    engine = EmbeddedEngine.load(model)
    keeping = asyncio.create_task(OwnModel(engine, model).keep())
    stack.callback(keeping.cancel)
    return engine


async def serve_local_chat(settings: Settings, engine: Engine, stack: AsyncExitStack) -> None:
    """Start the local Bot API server with its page, and the bot on it."""
    from bot.local_people import admit_roster
    from bot.localchat import LocalTelegram
    from bot.localchat.people import load_roster

    admit_roster(load_roster(), utc_now())
    server = LocalTelegram(token=LOCAL_TOKEN, bot_username=LOCAL_USERNAME)
    await server.start(host=settings.local_chat_host, port=settings.local_chat_port)
    stack.push_async_callback(server.stop)
    application = app.build(LOCAL_TOKEN, engine, server.base_url, server.base_file_url, local=True)
    await start_polling(application, stack)
    print(f"\n  打开聊天页面 · Open the chat page: {server.page_url}\n  (Ctrl-C stops)\n", flush=True)


async def serve_telegram(settings: Settings, engine: Engine, stack: AsyncExitStack) -> None:
    """Start the bot on Telegram: by webhook where WEBHOOK_URL is set, else by polling."""
    base = settings.telegram_api_base.rstrip("/")
    token = str(settings.telegram_token)
    application = app.build(token, engine, f"{base}/bot", f"{base}/file/bot", settings.telegram_proxy)
    if settings.webhook_url:
        await start_webhook(application, settings, stack)
    else:
        await start_polling(application, stack, settings.telegram_proxy)
    LOGGER.info("serving Telegram as @%s", application.bot.username)
    print_claim_code()


def print_claim_code() -> None:
    """While nobody manages the coach: a code for the first who does; whoever sees this output runs the coach.

    It is printed, not logged, so that it does not travel to where logs are gathered.
    """
    code = claims.new_code(database(), utc_now())
    if code:
        link = bot_names.deep_link(database(), f"claim-{code}", local=False)
        print(f"\n  管理员启动码 · Claim the coach: /claim {code}\n  {link}\n", flush=True)


async def start_polling(application: Application, stack: AsyncExitStack, proxy: str | None = None) -> None:  # type: ignore[type-arg]
    """Start an application that asks the Bot API for updates."""
    updater = await _start(application, stack, proxy)
    await updater.start_polling(
        allowed_updates=app.ALLOWED_UPDATES, bootstrap_retries=-1, error_callback=_asking_failed
    )


def _asking_failed(error: TelegramError) -> None:
    LOGGER.warning("asking Telegram for updates failed, trying again: %s", type(error).__name__)


async def start_webhook(application: Application, settings: Settings, stack: AsyncExitStack) -> None:  # type: ignore[type-arg]
    """Start an application to which Telegram posts updates, with a secret in every request."""
    updater = await _start(application, stack, settings.telegram_proxy)
    await updater.start_webhook(
        listen=settings.webhook_listen,
        port=settings.webhook_port,
        url_path="telegram",
        webhook_url=f"{str(settings.webhook_url).rstrip('/')}/telegram",
        secret_token=settings.webhook_secret,
        allowed_updates=app.ALLOWED_UPDATES,
        bootstrap_retries=-1,
    )


async def _start(application: Application, stack: AsyncExitStack, proxy: str | None) -> Updater:  # type: ignore[type-arg]
    """Begin with what an earlier process left in the inbox; the updater is started by the caller."""
    await application.initialize()
    stack.push_async_callback(application.shutdown)
    await set_menu(application)
    bot_names.remember(database(), application.bot.username, local=is_local_bot(application.bot_data))
    await application.start()
    stack.push_async_callback(_stop, application)
    assert isinstance(application.update_processor, Lanes)
    watchdog = Watchdog(application.update_processor, teller(application.bot, proxy))
    watchdog.start()
    stack.callback(watchdog.stop)
    assert isinstance(application.update_queue, InboxQueue)
    await application.update_queue.replay(application.bot)
    assert application.updater is not None
    return application.updater


async def _stop(application: Application) -> None:  # type: ignore[type-arg]
    """Finish what is under way, within ten seconds; what has not begun waits in the inbox for the next start."""
    assert isinstance(application.update_processor, Lanes)
    application.update_processor.stop()
    try:
        await asyncio.wait_for(broadcast.of(application).stop(), STOP_SENDING_S)
    except asyncio.TimeoutError:
        LOGGER.warning("a tip under way could not be finished; it is in doubt")
    try:
        if application.updater and application.updater.running:
            await asyncio.wait_for(application.updater.stop(), STOP_ASKING_S)
    except asyncio.TimeoutError:
        LOGGER.warning("Telegram did not hear of the stop; it repeats its last updates at the next start")
    try:
        await asyncio.wait_for(application.stop(), FINISH_S)
    except asyncio.TimeoutError:
        LOGGER.warning("not everything could be finished; the rest is answered after the next start")


if __name__ == "__main__":
    sys.exit(main())
