#include "offline/courier/bundle.hpp"

#include "offline/sealing/envelope.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace offline::courier {

namespace {

using base::FaultCode;
using formats::Fields;
using formats::Record;

constexpr std::string_view outward_magic = "CWB1";
constexpr std::string_view return_magic = "CWR1";
constexpr std::string_view beginning = "cw-", back_ending = ".back";
constexpr std::size_t certificate_bytes_max = 2048;
constexpr std::size_t key_set_bytes_max = 128 * 1024;
constexpr std::int64_t latest = 253'402'300'799'000;  // the year 9999

base::Bytes bytes_of(base::ByteView bytes) {
    return {bytes.begin(), bytes.end()};
}

formats::Texts lines_of(const std::vector<ObjectLine>& objects) {
    formats::Texts out;
    for (const auto& line : objects) out.push_back(text(line));
    return out;
}

base::Result<std::vector<ObjectLine>> lines_in(Fields& in) {
    const auto texts = TRY(in.texts("objects", objects_max));
    std::vector<ObjectLine> out;
    for (const auto& line : texts) {
        out.push_back(TRY(object_line(line)));
        if (out.size() > 1 && out[out.size() - 2].number >= out.back().number)
            return in.wrong("objects");
    }
    return out;
}

template <class Index>
Record common_fields(const Index& index, std::string kind) {
    return {{"v", std::int64_t{1}},
            {"kind", std::move(kind)},
            {"realm", std::string(domain::name(index.realm))},
            {"bundle", bytes_of(index.id)},
            {"terminal", index.terminal},
            {"created_at", std::int64_t{index.created_at.time_since_epoch().count()}},
            {"objects", lines_of(index.objects)}};
}

template <class Index>
base::Status take_common(Fields& in, std::string_view kind, domain::Realm realm, Index& out) {
    TRY_STATUS(in.exactly("v", 1));
    TRY_STATUS(in.exactly("kind", kind));
    const std::string word = TRY(in.text("realm", 16));
    out.realm = TRY(domain::realm_from(word));
    if (out.realm != realm) return base::fail(FaultCode::RealmMismatch, "bundle");
    out.id = TRY(in.array<16>("bundle"));
    out.terminal = TRY(in.text("terminal", 15));
    if (!sealing::is_terminal_id(out.terminal)) return in.wrong("terminal");
    out.created_at = base::Instant{base::Millis{TRY(in.integer("created_at", 0, latest))}};
    out.objects = TRY(lines_in(in));
    return {};
}

base::Result<Record> opened(std::string_view magic, base::ByteView sealed, domain::Realm realm,
                            const FindPair& find) {
    const auto head = TRY(sealing::envelope::head_of(magic, sealed));
    if (head.realm != realm) return base::fail(FaultCode::RealmMismatch, "bundle");
    const auto pair = TRY(find(head.kid));
    const auto content = TRY(sealing::envelope::open(magic, realm, pair, {}, sealed));
    return formats::record_from_cbor(content);
}

std::optional<BundleId> id_in(std::string_view name, std::string_view ending) {
    if (name.size() != beginning.size() + 32 + ending.size() || !name.starts_with(beginning) ||
        !name.ends_with(ending))
        return {};
    const auto hex = name.substr(beginning.size(), 32);
    const auto bytes = base::from_hex(hex);
    if (!bytes || base::to_hex(*bytes) != hex) return {};
    BundleId id{};
    std::copy(bytes->begin(), bytes->end(), id.begin());
    return id;
}

}  // namespace

base::Result<base::Bytes> seal(const OutwardIndex& index, const sealing::Signer& terminal_key,
                               const sealing::PublicKey& intake_key) {
    Record record = common_fields(index, "bundle");
    record["counter"] = index.counter;
    record["certificate"] = index.certificate;
    record["suite"] = std::string(domain::name(index.reply_to.suite));
    record["reply_to"] = index.reply_to.bytes;
    record = TRY(sealing::signed_record(std::move(record), terminal_key, outward_context));
    return sealing::envelope::seal(outward_magic, index.realm, intake_key, {},
                                   formats::to_cbor(record));
}

base::Result<OpenedOutward> open_outward(base::ByteView sealed, domain::Realm realm,
                                         const FindPair& find, const sealing::PinnedRoot& root) {
    const Record record = TRY(opened(outward_magic, sealed, realm, find));
    Fields in(record, FaultCode::BytesMalformed, "bundle");
    OpenedOutward out;
    auto& index = out.index;
    index.certificate = TRY(in.bytes("certificate", certificate_bytes_max));
    out.certificate = TRY(sealing::TerminalCertificate::verify(index.certificate, root));
    TRY_STATUS(sealing::verify_record(record, out.certificate.key, outward_context));
    TRY(in.bytes("signature", 64));
    TRY_STATUS(take_common(in, "bundle", realm, index));
    index.counter = TRY(in.integer("counter", 1, std::int64_t{1} << 40));
    index.reply_to = TRY(sealing::public_key_in(in, "reply_to"));
    TRY_STATUS(in.finish());
    if (index.terminal != out.certificate.terminal)
        return base::fail(FaultCode::SignatureWrong, "bundle of another terminal");
    if (index.reply_to.suite != out.certificate.suite())
        return base::fail(FaultCode::SuiteMismatch, "bundle");
    return out;
}

base::Result<base::Bytes> seal(const ReturnIndex& index, const sealing::Signer& receipt_key,
                               const sealing::PublicKey& reply_to) {
    Record record = common_fields(index, "bundle-back");
    record["key_set"] = index.key_set;
    record = TRY(sealing::signed_by_kid(std::move(record), receipt_key, return_context));
    return sealing::envelope::seal(return_magic, index.realm, reply_to, {},
                                   formats::to_cbor(record));
}

base::Result<OpenedReturn> open_return(base::ByteView sealed, domain::Realm realm,
                                       const FindPair& find) {
    OpenedReturn out;
    out.record = TRY(opened(return_magic, sealed, realm, find));
    Fields in(out.record, FaultCode::BytesMalformed, "bundle back");
    TRY_STATUS(take_common(in, "bundle-back", realm, out.index));
    out.index.key_set = TRY(in.bytes("key_set", key_set_bytes_max));
    TRY(in.text("suite", 1));  // these three are verify()'s
    TRY(in.text("kid", 16));
    TRY(in.bytes("signature", 64));
    TRY_STATUS(in.finish());
    return out;
}

base::Status verify(const OpenedReturn& opened, const sealing::KeySet& keys) {
    return sealing::verify_by_kid(opened.record, keys, sealing::KeyPurpose::receipt,
                                  return_context);
}

std::string text(const BundleId& id) {
    return base::to_hex(id);
}

std::string outward_folder(const BundleId& id) {
    return std::string(beginning) + text(id);
}

std::string return_folder(const BundleId& id) {
    return outward_folder(id) + std::string(back_ending);
}

std::string object_name(int number) {
    return fmt::format("{}/{:04}", objects_name, number);
}

std::optional<BundleId> outward_in(std::string_view name) {
    return id_in(name, "");
}

std::optional<BundleId> return_in(std::string_view name) {
    return id_in(name, back_ending);
}

sealing::StreamPlace place_of(const BundleId& id, Way way, int number) {
    sealing::StreamPlace place{{id}, {}};
    place.attachment[0] = static_cast<std::uint8_t>(way);
    place.attachment[14] = static_cast<std::uint8_t>(number >> 8);
    place.attachment[15] = static_cast<std::uint8_t>(number);
    return place;
}

std::string text(const ObjectLine& line) {
    return fmt::format("{} {} {}", line.number, line.bytes, base::to_hex(line.digest));
}

base::Result<ObjectLine> object_line(std::string_view given) {
    const auto wrong = [] { return base::fail(FaultCode::BytesMalformed, "object line"); };
    ObjectLine out;
    const char* const end = given.data() + given.size();
    const auto number = std::from_chars(given.data(), end, out.number);
    if (number.ec != std::errc{} || number.ptr == end) return wrong();
    const auto bytes = std::from_chars(number.ptr + 1, end, out.bytes);
    if (bytes.ec != std::errc{} || bytes.ptr == end) return wrong();
    const auto digest =
        base::from_hex({bytes.ptr + 1, static_cast<std::size_t>(end - bytes.ptr - 1)});
    if (!digest || digest->size() != out.digest.size()) return wrong();
    std::copy(digest->begin(), digest->end(), out.digest.begin());
    const bool within = out.number >= 1 && out.number <= static_cast<int>(objects_max) &&
                        out.bytes >= 1 && out.bytes <= object_bytes_max;
    if (!within || text(out) != given) return wrong();
    return out;
}

}  // namespace offline::courier
