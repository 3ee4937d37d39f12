#include "ioctl_bridge.hpp"

#include <utility>

namespace usbdevfs {

namespace {

struct Handler {
    UMockdevIoctlBase parent;
    std::shared_ptr<DeviceFile>* file;
};

DeviceFile& file_of(UMockdevIoctlBase* self) {
    return **reinterpret_cast<Handler*>(self)->file;
}

gboolean handle_ioctl(UMockdevIoctlBase* self, UMockdevIoctlClient* client) {
    const int error = file_of(self).ioctl(client, umockdev_ioctl_client_get_request(client),
                                          umockdev_ioctl_client_get_arg(client));
    umockdev_ioctl_client_complete(client, error == 0 ? 0 : -1, error);
    return 1;
}

void client_vanished(UMockdevIoctlBase* self, UMockdevIoctlClient* client) {
    file_of(self).closed(client);
}

void finalize(GObject* object);

void init_class(gpointer type, gpointer) {
    auto* handlers = static_cast<UMockdevIoctlBaseClass*>(type);
    handlers->handle_ioctl = handle_ioctl;
    handlers->client_vanished = client_vanished;
    static_cast<GObjectClass*>(type)->finalize = finalize;
}

GType handler_type() {
    static const GType type = g_type_register_static_simple(
        umockdev_ioctl_base_get_type(), "UsbdevfsHandler", sizeof(UMockdevIoctlBaseClass),
        init_class, sizeof(Handler), nullptr, GTypeFlags{});
    return type;
}

void finalize(GObject* object) {
    delete std::exchange(reinterpret_cast<Handler*>(object)->file, nullptr);
    static_cast<GObjectClass*>(g_type_class_peek(umockdev_ioctl_base_get_type()))->finalize(object);
}

}  // namespace

Data behind_pointer(UMockdevIoctlData* data, std::size_t offset, std::size_t size) {
    return {umockdev_ioctl_data_resolve(data, offset, size, nullptr), [](UMockdevIoctlData* held) {
                if (held != nullptr) umockdev_ioctl_data_unref(held);
            }};
}

void overwrite(UMockdevIoctlData* data, std::size_t offset, const void* bytes, std::size_t size) {
    // umockdev only reads from here.
    auto* from = static_cast<guint8*>(const_cast<void*>(bytes));
    umockdev_ioctl_data_update(data, offset, from, static_cast<gint>(size));
}

std::shared_ptr<UMockdevIoctlBase> handler_of(std::shared_ptr<DeviceFile> file) {
    auto* made = static_cast<Handler*>(g_object_new(handler_type(), nullptr));
    made->file = new std::shared_ptr<DeviceFile>(std::move(file));
    return {&made->parent, [](UMockdevIoctlBase* held) { g_object_unref(held); }};
}

}  // namespace usbdevfs
