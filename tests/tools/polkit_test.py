#!/usr/bin/env python3
"""The polkit rules, run by the engine that polkitd runs them with (duktape): who may do what."""
import ctypes
import ctypes.util
import json
import pathlib
import unittest

RULES = pathlib.Path(__file__).resolve().parents[2] / "provisioning/polkit/60-citizen-window-network.rules"
LIBRARY = ctypes.util.find_library("duktape")
NETWORK = "org.freedesktop.NetworkManager."
# What polkitd gives to rules, as far as ours need it.
POLKIT = """var rules = [];
var polkit = {Result: {YES: "yes", NO: "no", NOT_HANDLED: null}, addRule: function (rule) { rules.push(rule); }};
"""
# duktape.h: eval, no source kept, safe, length by strlen, no file name.
FLAGS = (1 << 3) | (1 << 7) | (1 << 9) | (1 << 10) | (1 << 11)


def answer(user: str, action: str):
    duktape = ctypes.CDLL(LIBRARY)
    duktape.duk_create_heap.restype = ctypes.c_void_p
    duktape.duk_create_heap.argtypes = [ctypes.c_void_p] * 5
    duktape.duk_eval_raw.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint]
    duktape.duk_safe_to_lstring.restype = ctypes.c_char_p
    duktape.duk_safe_to_lstring.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p]
    duktape.duk_destroy_heap.argtypes = [ctypes.c_void_p]
    heap = duktape.duk_create_heap(None, None, None, None, None)
    asked = f"JSON.stringify(rules[0]({json.dumps({'id': action})}, {json.dumps({'user': user})}))"
    failed = duktape.duk_eval_raw(heap, (POLKIT + RULES.read_text(encoding="utf-8") + asked).encode(), 0, FLAGS)
    said = duktape.duk_safe_to_lstring(heap, -1, None).decode()
    duktape.duk_destroy_heap(heap)
    if failed:
        raise AssertionError(said)
    return json.loads(said)


@unittest.skipUnless(LIBRARY, "duktape is not installed (it comes with polkitd)")
class Polkit(unittest.TestCase):
    def test_the_account_that_joins_networks_may_do_that_and_nothing_else_to_the_network(self):
        for action in ("settings.modify.system", "network-control", "wifi.scan"):
            self.assertEqual(answer("cw-net", NETWORK + action), "yes", action)
        for action in ("settings.modify.hostname", "settings.modify.global-dns", "enable-disable-network", "reload",
                       "enable-disable-wifi", "wifi.share.open", "checkpoint-rollback", "sleep-wake"):
            self.assertEqual(answer("cw-net", NETWORK + action), "no", action)
        self.assertIsNone(answer("cw-net", "org.freedesktop.login1.power-off"))

    def test_no_other_account_of_ours_may_touch_the_network_and_nobody_elses_rights_change(self):
        for user in ("cw-kiosk", "cw-post", "cw-intake"):
            self.assertEqual(answer(user, NETWORK + "network-control"), "no", user)
            self.assertIsNone(answer(user, "org.freedesktop.login1.power-off"), user)
        for user in ("root", "somebody"):
            self.assertIsNone(answer(user, NETWORK + "network-control"), user)


if __name__ == "__main__":
    unittest.main()
