"""Counts in Redis, in one step each, by the clock of Redis: two processes never both take the last one."""

import logging
import time
from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

import redis
from django.conf import settings
from django.utils.crypto import salted_hmac
from redis.backoff import NoBackoff
from redis.commands.core import Script
from redis.retry import Retry

from meldingen.limits.rates import Rate

logger = logging.getLogger(__name__)
Result = TypeVar("Result")

NAMESPACE = "meldingen:limit"
# A visitor waits for these. When Redis is away this process asks nobody for a while and lets everybody in.
TIMEOUT_SECONDS = 0.2
PAUSE_SECONDS = 5.0

# A window slides: of the former one that part counts which it still covers, as if it had come evenly. In the long run
# the rate is kept; in one stretch as long as a window up to twice as much may come.
# KEYS: one hash per counter, a field per window. ARGV: mode, then most and seconds of each. Returned are the
# milliseconds until there is room for one more, 0 when there is.
_COUNT = """
local clock = redis.call('TIME')
local now = tonumber(clock[1]) + tonumber(clock[2]) / 1000000
local wait = 0
for i, key in ipairs(KEYS) do
  local most, seconds = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
  local window = math.floor(now / seconds)
  local past = now / seconds - window
  local room = most - 1 - tonumber(redis.call('HGET', key, window) or 0)
  local former = tonumber(redis.call('HGET', key, window - 1) or 0)
  local full = 0
  if room < 0 then
    full = 1 - past + 1 - (most - 1) / (most - 1 - room)
  elseif former * (1 - past) > room then
    full = 1 - room / former - past
  end
  wait = math.max(wait, math.ceil(full * seconds * 1000))
end
if ARGV[1] == 'always' or (ARGV[1] == 'if room' and wait == 0) then
  for i, key in ipairs(KEYS) do
    local seconds = tonumber(ARGV[2 * i + 1])
    local window = math.floor(now / seconds)
    redis.call('HINCRBY', key, window, 1)
    redis.call('HDEL', key, window - 2, window - 3)
    redis.call('EXPIRE', key, 2 * seconds)
  end
end
return wait
"""


class Mode(StrEnum):
    """What is counted: nothing, only what there is room for, or also what is too much."""

    LOOK = "look"
    IF_ROOM = "if room"
    ALWAYS = "always"


Counter = tuple[str, Rate]


def wait_for(counters: Sequence[Counter], mode: Mode) -> float:
    """Seconds until each of these counters (key, rate) has room for one more; 0 when they have, or Redis is away."""
    if not counters:
        return 0.0
    numbers = [number for _key, rate in counters for number in (rate.most, rate.seconds)]
    waits = _ask(lambda: _script()(keys=[key for key, _rate in counters], args=[mode, *numbers]), 0)
    return int(waits) / 1000


def key_of(*parts: str) -> str:
    """The key of what is counted: nobody without SECRET_KEY can tell, or try out, of whom it is."""
    secret = salted_hmac("meldingen.limits", "\0".join(parts), algorithm="sha256").hexdigest()
    return f"{NAMESPACE}:{secret[:32]}"


def remember(key: str, seconds: float) -> None:
    """Remember a key for some time."""
    _ask(lambda: _client().set(key, 1, px=max(1, round(seconds * 1000))), None)


def seconds_left(*keys: str) -> list[float]:
    """For how many seconds each key is remembered still; 0 for what is not, and when Redis is away."""

    def ask() -> list[float]:
        with _client().pipeline(transaction=False) as pipe:
            for key in keys:
                pipe.pttl(key)
            return [max(0, milliseconds) / 1000 for milliseconds in pipe.execute()]

    return _ask(ask, [0.0] * len(keys))


def add(key: str, seconds: int, number: int = 1) -> None:
    """So many more of a key, which is kept so long after the last one."""

    def ask() -> None:
        with _client().pipeline(transaction=False) as pipe:
            pipe.incrby(key, number)
            pipe.expire(key, seconds)
            pipe.execute()

    _ask(ask, None)


def numbers(*keys: str) -> list[int]:
    """How many there were of each key; 0 when Redis is away."""
    return _ask(lambda: [int(number or 0) for number in _client().mget(keys)], [0] * len(keys))


def forget(*keys: str) -> None:
    """Forget keys and counters."""
    _ask(lambda: _client().delete(*keys), None)


class _Away:
    """Until when (monotonic seconds) this process leaves Redis alone."""

    until = 0.0


def _ask(question: Callable[[], Result], without: Result) -> Result:
    """The answer of Redis, or `without` when it gives none: whatever happens to it, nobody is refused for that."""
    if time.monotonic() < _Away.until:
        return without
    try:
        return question()
    except redis.RedisError as error:
        _Away.until = time.monotonic() + PAUSE_SECONDS
        # The kind of error only: its message may hold the address with a password.
        logger.warning("nothing is limited, Redis is away: %s", type(error).__name__)
        return without


def _client() -> redis.Redis:
    return _client_of(settings.REDIS_URL)


@lru_cache(maxsize=4)
def _client_of(url: str) -> redis.Redis:
    """A pool of connections, made when they are needed; a process that forks gets its own."""
    return redis.Redis.from_url(
        url,
        socket_timeout=TIMEOUT_SECONDS,
        socket_connect_timeout=TIMEOUT_SECONDS,
        retry=Retry(NoBackoff(), 1),  # a connection that was lost while it lay idle
    )


def _script() -> Script:
    return _client().register_script(_COUNT)
