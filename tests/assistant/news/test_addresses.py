"""Which addresses may be asked: those of the open internet, and no other by any way of writing."""

import asyncio
from ipaddress import ip_address

import pytest

from assistant.news.addresses import checked, is_public, number


@pytest.mark.parametrize(
    "address",
    [
        "127.9.9.9", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::",
        "::1", "fe80::1", "fd12:3456::1", "ff02::1", "fec0::1", "2001:db8::1", "::ffff:127.0.0.1",
        "::127.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a00:1", "2002:c0a8:101::1",
        "2001:0:7f00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    ],
)  # fmt: skip
def test_a_number_that_is_not_the_open_internets_is_not_public(address: str) -> None:
    assert not is_public(ip_address(address))
    assert all(
        is_public(ip_address(each))
        for each in ("1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101")
    )


@pytest.mark.parametrize(
    "url",
    [
        "", "file:///etc/passwd", "javascript:alert(1)", "//a.example/x", "https:///x",
        "http://user:secret@a.example/", "http://a.example:99999/", "http://a b.example/",
        "http://a.example/\n", "http://[::1/", "http://a.example\\@b.example/",
        "https://a.example/" + "x" * 2000, 'https://a.example/"><b>',
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="an address must") as caught:
        checked(url)
    assert "secret" not in str(caught.value)


def test_a_name_of_this_machine_is_private_however_it_is_written() -> None:
    for name in ("localhost", "127.0.0.1", "127.1", "0x7f000001", "2130706433"):
        with pytest.raises(OSError, match="private address"):
            asyncio.run(number(name, 80, private=False))
        assert asyncio.run(number(name, 80, private=True)) in ("127.0.0.1", "::1")


def test_of_several_numbers_private_ones_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(2, 1, 6, "", (each, 80)) for each in ("10.0.0.1", "1.1.1.1", "127.0.0.1")]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: found)
    assert asyncio.run(number("a.example", 80, private=False)) == "1.1.1.1"
