#include "documents/documents.hpp"

#include <qrencode.h>

#include <memory>

namespace documents {

base::Result<QrModules> qr_modules(const std::string& text) {
    struct Free {
        void operator()(QRcode* code) const { QRcode_free(code); }
    };
    const std::unique_ptr<QRcode, Free> code(
        QRcode_encodeData(static_cast<int>(text.size()),
                          reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M));
    if (!code) return base::fail(base::FaultCode::InternalError, "text does not fit a QR code");
    QrModules modules;
    modules.size = code->width;
    const auto count =
        static_cast<std::size_t>(code->width) * static_cast<std::size_t>(code->width);
    modules.dark.reserve(count);
    for (std::size_t i = 0; i < count; ++i) modules.dark.push_back((code->data[i] & 1) != 0);
    return modules;
}

}  // namespace documents
