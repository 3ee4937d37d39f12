"""A template for python-dbusmock: NetworkManager with a wireless adapter, as far as nmcli needs it to join a network.

Beyond dbusmock's own template it has secret agents: who activates a connection is asked for the passphrase, which is
compared with the network's, kept when it is right, and the connection fails with NetworkManager's reasons when not.

Parameters: networks {name: passphrase}, hidden {name: passphrase}, adapter (default true), allowed (default true).
What was asked of it stands in the file that `journal` names: one JSON line each.
"""
import json
import time

import dbus
import dbus.service
from gi.repository import GLib

import dbusmock
from dbusmock.templates.networkmanager import *  # noqa: F401,F403
from dbusmock.templates import networkmanager as whole

AGENT_MANAGER = "org.freedesktop.NetworkManager.AgentManager"
SECRET_AGENT = "org.freedesktop.NetworkManager.SecretAgent"
WIFI_SECURITY = "802-11-wireless-security"
ACTIVATING, ACTIVATED, DEACTIVATED = 1, 2, 4
REASON_NONE, REASON_DEVICE, REASON_NO_SECRETS = 1, 3, 9
DEVICE_DISCONNECTED, DEVICE_ACTIVATED = 30, 100
SSID_NOT_FOUND = 53
NEW_SECRETS, USER_MAY_INTERACT = 2, 1

world = {"agent": None, "networks": {}, "hidden": {}, "journal": None, "allowed": True}


def note(what, **more):
    with open(world["journal"], "a", encoding="utf-8") as journal:
        journal.write(json.dumps({"what": what, **more}, ensure_ascii=False) + "\n")


class AgentManager(dbus.service.Object):
    """Where nmcli says that it can be asked for secrets."""
    interface = AGENT_MANAGER
    methods = {}  # dbusmock looks for its own here, and then as dbus does

    @dbus.service.method(AGENT_MANAGER, in_signature="s", sender_keyword="sender")
    def Register(self, _identifier, sender):
        world["agent"] = sender

    @dbus.service.method(AGENT_MANAGER, in_signature="su", sender_keyword="sender")
    def RegisterWithCapabilities(self, _identifier, _capabilities, sender):
        world["agent"] = sender

    @dbus.service.method(AGENT_MANAGER)
    def Unregister(self):
        world["agent"] = None


def change(path, interface, **properties):
    # Not by dbusmock's UpdateProperties, which takes no structures.
    changed = dbusmock.get_object(path)
    changed.props[interface].update(properties)
    changed.EmitSignal("org.freedesktop.DBus.Properties", "PropertiesChanged", "sa{sv}as",
                       [interface, dbus.Dictionary(properties, signature="sv"), dbus.Array([], signature="s")])


def settle(active, device, state, reason, device_reason=0):
    """The connection is up, or why not."""
    change(device, whole.DEVICE_IFACE, State=dbus.UInt32(DEVICE_ACTIVATED if state == ACTIVATED else DEVICE_DISCONNECTED),
           StateReason=dbus.Struct((dbus.UInt32(DEVICE_ACTIVATED if state == ACTIVATED else DEVICE_DISCONNECTED),
                                    dbus.UInt32(device_reason)), signature="uu"))
    change(active, whole.ACTIVE_CONNECTION_IFACE, State=dbus.UInt32(state))
    dbusmock.get_object(active).EmitSignal(whole.ACTIVE_CONNECTION_IFACE, "StateChanged", "uu",
                                           [dbus.UInt32(state), dbus.UInt32(reason)])


def activate(_self, connection, device, _access_point):
    if str(device) == "/":
        device = "/org/freedesktop/NetworkManager/Devices/wlan0"
    settings = dbusmock.get_object(connection).settings
    name = bytes(settings["802-11-wireless"]["ssid"]).decode()
    hidden = bool(settings["802-11-wireless"].get("hidden", False))
    note("activate", name=name, hidden=hidden, key_mgmt=str(settings[WIFI_SECURITY]["key-mgmt"]))
    for number in range(100):
        path = f"/org/freedesktop/NetworkManager/ActiveConnection/{number}"
        if path not in dbusmock.mockobject.objects:
            break
    active = whole.AddActiveConnection(dbusmock.get_object(whole.MANAGER_OBJ), [device], connection, "/", str(number),
                                       ACTIVATING)
    wanted = world["networks"].get(name) or (world["hidden"].get(name) if hidden else None)
    if wanted is None:
        GLib.timeout_add(50, lambda: settle(active, device, DEACTIVATED, REASON_DEVICE, SSID_NOT_FOUND))
        return dbus.ObjectPath(active)
    agent = dbus.Interface(world["bus"].get_object(world["agent"], "/org/freedesktop/NetworkManager/SecretAgent",
                                                   introspect=False), SECRET_AGENT)

    def answered(secrets):
        told = str(secrets[WIFI_SECURITY].get("psk", ""))
        right = told == wanted
        note("secret", right=right, length=len(told))
        if right:
            settings[WIFI_SECURITY]["psk"] = told
            settle(active, device, ACTIVATED, REASON_NONE)
        else:
            settle(active, device, DEACTIVATED, REASON_NO_SECRETS)

    def refused(problem):
        note("no secret", problem=problem.get_dbus_name())
        settle(active, device, DEACTIVATED, REASON_NO_SECRETS)

    def ask():
        agent.GetSecrets(dbus.Dictionary({key: dbus.Dictionary(value, signature="sv") for key, value in settings.items()},
                                         signature="sa{sv}"),
                         dbus.ObjectPath(connection), WIFI_SECURITY, dbus.Array([], signature="s"),
                         dbus.UInt32(USER_MAY_INTERACT), reply_handler=answered, error_handler=refused)

    GLib.timeout_add(50, ask)
    return dbus.ObjectPath(active)


def without_secrets(self):
    return {name: {key: value for key, value in setting.items() if key != "psk"}
            for name, setting in self.settings.items()}


def add(self, settings):
    if not world["allowed"]:
        raise dbus.exceptions.DBusException("Insufficient privileges",
                                            name="org.freedesktop.NetworkManager.Settings.PermissionDenied")
    settings = dict(settings)
    note("add", id=str(settings["connection"]["id"]), psk="psk" in settings[WIFI_SECURITY])
    path = whole.SettingsAddConnection(self, settings)
    dbusmock.get_object(path).AddMethod(whole.CSETTINGS_IFACE, "Update2", "a{sa{sv}}ua{sv}", "a{sv}",
                                        "self.ConnectionUpdate(self, args[0]); ret = dbus.Dictionary({}, signature='sv')")
    dbusmock.get_object(path).ConnectionGetSettings = without_secrets
    return path


def load(mock, parameters):
    parameters = dict(parameters)
    for key in ("networks", "hidden", "journal", "allowed"):
        if key in parameters:
            world[key] = parameters[key]
    world["networks"] = {str(name): str(secret) for name, secret in world["networks"].items()}
    world["hidden"] = {str(name): str(secret) for name, secret in world["hidden"].items()}
    whole.load(mock, {"Version": "1.42.4"})
    dbusmock.get_object(whole.MANAGER_OBJ).activate_connection = activate
    settings = dbusmock.get_object(whole.SETTINGS_OBJ)
    settings.add_connection = add
    for method in ("AddConnection", "AddConnectionUnsaved"):
        settings.AddMethod(whole.SETTINGS_IFACE, method, "a{sa{sv}}", "o", "ret = self.add_connection(self, args[0])")
    world["bus"] = mock.connection
    world["agents"] = AgentManager(world["bus"], "/org/freedesktop/NetworkManager/AgentManager")
    if parameters.get("adapter", True):
        device = whole.AddWiFiDevice(mock, "wlan0", "wlan0", DEVICE_DISCONNECTED)
        # It has just looked around: nmcli need not wait for that.
        change(device, whole.WIRELESS_DEVICE_IFACE, LastScan=dbus.Int64(1000 * time.clock_gettime(time.CLOCK_BOOTTIME)))
        for number, name in enumerate(world["networks"]):
            whole.AddAccessPoint(mock, device, f"ap{number}", name, f"02:00:00:00:00:{number:02x}", 2, 2437, 54000, 80,
                                 whole.NM80211ApSecurityFlags.NM_802_11_AP_SEC_KEY_MGMT_PSK)
