// A service record: what was found and done at a terminal, signed by it and linked to the record
// before, so that none can be taken out later. The first is the commissioning record; a device that
// was exchanged and a later inspection append to it. Nothing in it is about a citizen; a technician
// is there by label. Pure.
#pragma once

#include "base/clock.hpp"
#include "offline/sealing/certificate.hpp"
#include "offline/sealing/keys/key_set.hpp"

#include <string>

namespace offline::papers {

inline constexpr std::size_t service_lines_max = 64;  // of each kind
inline constexpr std::size_t service_line_bytes_max = 600;
inline constexpr std::size_t service_record_bytes_max = 160 * 1024;

// update: how an update of the terminal's programs ended.
enum class ServiceKind { commissioning, swap, inspection, update };
std::string_view name(ServiceKind kind);
base::Result<ServiceKind> service_kind_from(std::string_view text);

// What a technician's program says. One line each, UTF-8 without control characters but tabs.
struct ServiceContent {
    ServiceKind kind = ServiceKind::inspection;
    base::Instant made_at{};
    std::string technician;  // a label such as T-0007; empty: not said
    std::string software;    // version
    formats::Texts machine;  // key TAB value
    formats::Texts devices;  // kind TAB place TAB model TAB number; - where there is none
    // name TAB verdict TAB judged by TAB at, ms since 1970 TAB took, ms TAB title TAB found TAB
    // mend
    formats::Texts checks;
    friend bool operator==(const ServiceContent&, const ServiceContent&) = default;
};
// As a record of its own, for the line between the two programs. BytesMalformed.
formats::Record as_record(const ServiceContent& content);
base::Result<ServiceContent> service_content(const formats::Record& record);

struct ServiceRecord {
    domain::Realm realm{};
    std::string terminal;
    sealing::Epoch epoch{};
    std::int64_t number = 1;     // counts up without a gap
    sealing::Digest previous{};  // of the file before; zeros before the first
    ServiceContent content;
    friend bool operator==(const ServiceRecord&, const ServiceRecord&) = default;

    // A file: canonical JSON with the signature of the terminal's key.
    base::Result<base::Bytes> sign(const sealing::Signer& terminal_key) const;
    // What a file says, whoever signed it. BytesMalformed.
    static base::Result<ServiceRecord> read(base::ByteView file);
    // SignatureWrong, BytesMalformed, RealmMismatch.
    static base::Result<ServiceRecord> verify(base::ByteView file,
                                              const sealing::TerminalCertificate& certificate);
};

namespace wire {

// POST /v1/t/{terminal}/service-records: the file with the certificate that it is to be checked by.
struct ServiceDelivery {
    base::Bytes certificate, file;
    friend bool operator==(const ServiceDelivery&, const ServiceDelivery&) = default;
};
base::Bytes encode(const ServiceDelivery& delivery);
base::Result<ServiceDelivery> service_delivery(base::ByteView body);

// Its answer, signed by the receipt key: the centre keeps exactly this file.
struct ServiceKept {
    std::string terminal;
    std::int64_t number = 0;
    sealing::Digest digest{};
    friend bool operator==(const ServiceKept&, const ServiceKept&) = default;
};
base::Result<base::Bytes> encode(const ServiceKept& kept, const sealing::Signer& receipt_key);
base::Result<ServiceKept> service_kept(base::ByteView body, const sealing::KeySet& keys);

}  // namespace wire

}  // namespace offline::papers
