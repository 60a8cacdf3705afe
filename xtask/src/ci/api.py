"""What schemathesis must know of the desk so that it reaches what lies behind every operation, and is not locked out.

Set by `cargo xtask ci api`: DESK is the address, KEEPER the name of the account that asks, SECRET its password.
"""
import functools
import http.client
import itertools
import json
import os
import urllib.parse

import schemathesis

DESK, KEEPER, SECRET = (os.environ[name] for name in ("DESK", "KEEPER", "SECRET"))
HOST = urllib.parse.urlsplit(DESK)
# The desk turns away an address that gave too many wrong passwords, and those that are tried here come from 127.0.0.1.
OWN_ADDRESS = ("127.0.0.2", 0)
# A session is asked for so long, in calls; careful operations want one of the last five minutes.
CALLS_OF_A_SESSION = 4_000

# Operations that end the session that they come with.
ENDING = (("/api/v1/session", "DELETE"), ("/api/v1/session/proof", "POST"))
# A table of others.
TABLE = b"event_id_cnty,event_date,event_type,latitude,longitude,notes\nSYR1,2017-05-06,Battles,36.5,37.0,Fire\nSYR2,x,,,,\n"

numbers = itertools.count()
session = {"headers": None, "calls": 0}


def asked(verb, path, body=None, headers=()):
    """Status, headers and value of an answer."""
    connection = http.client.HTTPConnection(HOST.hostname, HOST.port, timeout=60, source_address=OWN_ADDRESS)
    told = {"Content-Type": "application/json"} | dict(headers)
    connection.request(verb, path, None if body is None else json.dumps(body), told)
    answer = connection.getresponse()
    value = json.loads(answer.read())
    connection.close()
    return answer.status, answer.headers, value


def new_session():
    """The headers of a session of its own."""
    status, headers, value = asked("POST", "/api/v1/session", {"name": KEEPER, "password": SECRET})
    assert status == 200, f"signing in gave {status}: {value}"
    return {"Cookie": headers["Set-Cookie"].split(";")[0], "X-CSRF-Token": value["csrf"]}


def shared_session():
    """The headers of the session that all calls share."""
    session["calls"] += 1
    if session["headers"] is None or session["calls"] > CALLS_OF_A_SESSION:
        session.update(headers=new_session(), calls=0)
    return dict(session["headers"])


@functools.cache
def known(path, name="id"):
    """Values of a field of the records of a list."""
    _, _, value = asked("GET", path, headers=shared_session())
    return [item.get(name) or item["fields"][name] for item in value["items"]] or ["none"]


@functools.cache
def own():
    """A saved search and a hook on it, to an address that no name server knows."""
    form = {"name": "Everything", "query": "", "public": True}
    _, _, search = asked("POST", "/api/v1/searches", form, shared_session())
    form = {"search": search["id"], "url": "https://nobody.invalid/"}
    _, _, hook = asked("POST", "/api/v1/hooks", form, shared_session())
    return {"searches": [search["id"]], "feeds": [search["id"]], "hooks": [hook.get("id", "none")]}


def real(verb, path, name):
    """Values that stand for something at the desk, for a part of an operation's address."""
    parts = path.split("/")
    noun = parts[3] if parts[1] == "api" else parts[1]
    if name == "collection":
        return ["incidents"]
    if name == "entry":
        return ["0", "1", "2"]
    if name == "name":
        return ["somebody-else"]
    if noun in ("searches", "feeds", "hooks"):
        # What is removed is one of its own.
        return (own.__wrapped__() if verb == "DELETE" else own())[noun]
    if noun == "agreements" and len(parts) > 5:
        return known("/api/v1/agreements?limit=20", "agreement")
    return known(f"/api/v1/{'incidents' if noun in ('records', 'ogc') else noun}?limit=20")


@schemathesis.hook
def before_call(context, case, **kwargs):
    path, verb, number = case.operation.path, case.method.upper(), next(numbers)
    # Whatever is tried without a session stays so: signing in with words of chance, and a part without any.
    is_signed = path not in ("/api/v1/session", "/api/v1/setup") or verb != "POST"
    if is_signed and number % 8:
        # What ends a session ends one of its own.
        signed = new_session() if (path, verb) in ENDING else shared_session()
        case.cookies = {}
        case.headers = {**(case.headers or {}), **signed}
    if path == "/api/v1/settings" and verb == "PUT" and isinstance(case.body, dict):
        # A role that must have a second factor may do nothing else until it has one.
        roles = case.body.get("factor_roles")
        if isinstance(roles, list):
            case.body["factor_roles"] = [role for role in roles if role != "administrator"]
    # Nobody takes the account that asks away.
    if (case.path_parameters or {}).get("name") == KEEPER:
        case.path_parameters["name"] = "somebody-else"
    # Every second call is about things that are there.
    nth, odd = divmod(number, 2)
    if not odd:
        return
    for name in case.path_parameters or {}:
        values = real(verb, path, name)
        case.path_parameters[name] = values[nth % len(values)]
    if path in ("/api/v1/changes", "/api/v1/diff", "/api/v1/records/{id}/diff"):
        states = known("/api/v1/states", "state")
        for name in {"since", "from", "to"} & set(case.query or {}):
            case.query[name] = states[nth % len(states)]
    if path.startswith("/api/v1/foreign") and verb == "POST":
        case.body = TABLE
        case.query = {name: value for name, value in (case.query or {}).items() if name != "columns"}
    if isinstance(case.body, dict):
        case.body |= {
            "/api/v1/hooks": {"search": own()["searches"][0], "url": "https://nobody.invalid/"},
            "/api/v1/session/proof": {"password": SECRET},
        }.get(path, {})
