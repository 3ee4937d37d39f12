#include "offline/courier/terminal/running_post.hpp"

#include "offline/courier/items.hpp"
#include "offline/papers/wire.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace offline::courier {

namespace {

using base::FaultCode;
using formats::Fields;
using formats::Record;

constexpr std::size_t window_max = 256;
constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max();

Record question(const char* word) {
    return {{"v", std::int64_t{1}}, {"ask", std::string(word)}};
}

std::string text_of(const papers::AttachmentLine& line) {
    return fmt::format("{} {} {} {}", base::to_hex(line.id), base::to_hex(line.digest), line.length,
                       line.kind);
}

template <std::size_t N>
bool take_hex(std::string_view& rest, std::array<std::uint8_t, N>& out) {
    const auto bytes = base::from_hex(rest.substr(0, 2 * N));
    if (!bytes || bytes->size() != N || rest.size() <= 2 * N || rest[2 * N] != ' ') return false;
    std::copy(bytes->begin(), bytes->end(), out.begin());
    rest.remove_prefix(2 * N + 1);
    return true;
}

bool take_number(std::string_view& rest, std::int64_t& out) {
    const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), out);
    if (read.ec != std::errc{} || out < 0) return false;
    rest.remove_prefix(static_cast<std::size_t>(read.ptr - rest.data()));
    return true;
}

base::Result<papers::AttachmentLine> attachment_in(const std::string& text) {
    papers::AttachmentLine out;
    std::string_view rest = text;
    if (!take_hex(rest, out.id) || !take_hex(rest, out.digest) || !take_number(rest, out.length) ||
        rest.empty())
        return base::fail(FaultCode::PostMessageMalformed, "attachment");
    out.kind = rest.substr(1);
    if (text_of(out) != text) return base::fail(FaultCode::PostMessageMalformed, "attachment");
    return out;
}

base::Result<Waiting> waiting_in(const std::string& text) {
    Waiting out;
    std::string_view rest = text;
    if (take_number(rest, out.seq) && rest.starts_with(' ')) {
        rest.remove_prefix(1);
        if (take_number(rest, out.bytes) && rest.empty()) return out;
    }
    return base::fail(FaultCode::PostMessageMalformed, "waiting");
}

}  // namespace

base::Result<std::vector<Waiting>> RunningPost::waiting(std::int64_t after, std::size_t most) {
    Record ask = question("waiting");
    ask["after"] = after;
    ask["most"] = static_cast<std::int64_t>(std::min(most, window_max));
    const auto record = TRY(line_->call(ask));
    Fields in(record, FaultCode::PostMessageMalformed, "waiting");
    const auto lines = TRY(in.texts("waiting", window_max));
    TRY_STATUS(in.finish());
    std::vector<Waiting> out;
    for (const auto& line : lines) out.push_back(TRY(waiting_in(line)));
    return out;
}

base::Result<std::optional<Package>> RunningPost::package(std::int64_t seq) {
    Record ask = question("package");
    ask["seq"] = seq;
    const auto record = TRY(line_->call(ask));
    Fields in(record, FaultCode::PostMessageMalformed, "package");
    Package out;
    out.submission = TRY(in.bytes("submission", papers::wire::body_bytes_max));
    for (const auto& line : TRY(in.texts("attachments", papers::attachments_max)))
        out.attachments.push_back(TRY(attachment_in(line)));
    TRY_STATUS(in.finish());
    return out.submission.empty() ? std::optional<Package>() : std::optional(std::move(out));
}

base::Result<base::Bytes> RunningPost::attachment(const sealing::AttachmentId& id, std::int64_t at,
                                                  std::size_t most) {
    Record ask = question("attachment");
    ask["id"] = base::Bytes(id.begin(), id.end());
    ask["at"] = at;
    ask["most"] = static_cast<std::int64_t>(std::min(most, slice_bytes_max));
    const auto record = TRY(line_->call(ask));
    Fields in(record, FaultCode::PostMessageMalformed, "attachment");
    auto out = TRY(in.bytes("bytes", slice_bytes_max));
    TRY_STATUS(in.finish());
    return out;
}

base::Result<Taken> RunningPost::take_receipt(base::ByteView receipt) {
    Record ask = question("receipt");
    ask["receipt"] = base::Bytes(receipt.begin(), receipt.end());
    const auto record = TRY(line_->call(ask));
    Fields in(record, FaultCode::PostMessageMalformed, "receipt");
    const auto changed = TRY(in.integer("changed", 0, 1));
    TRY_STATUS(in.finish());
    return changed == 1 ? Taken::changed : Taken::known_already;
}

base::Result<Record> answer(Depot& depot, const Record& asked) {
    Fields in(asked, FaultCode::PostMessageMalformed, "courier");
    TRY_STATUS(in.exactly("v", 1));
    const auto word = TRY(in.text("ask", 16));
    if (word == "waiting") {
        const auto after = TRY(in.integer("after", 0, no_limit));
        const auto most = TRY(in.integer("most", 1, window_max));
        TRY_STATUS(in.finish());
        formats::Texts lines;
        for (const auto& item : TRY(depot.waiting(after, static_cast<std::size_t>(most))))
            lines.push_back(fmt::format("{} {}", item.seq, item.bytes));
        return Record{{"waiting", lines}};
    }
    if (word == "package") {
        const auto seq = TRY(in.integer("seq", 1, no_limit));
        TRY_STATUS(in.finish());
        const auto package = TRY(depot.package(seq));
        formats::Texts lines;
        if (package)
            for (const auto& line : package->attachments) lines.push_back(text_of(line));
        return Record{{"submission", package ? package->submission : base::Bytes()},
                      {"attachments", lines}};
    }
    if (word == "attachment") {
        const auto id = TRY(in.array<16>("id"));
        const auto at = TRY(in.integer("at", 0, no_limit));
        const auto most = TRY(in.integer("most", 1, slice_bytes_max));
        TRY_STATUS(in.finish());
        return Record{{"bytes", TRY(depot.attachment(id, at, static_cast<std::size_t>(most)))}};
    }
    if (word == "receipt") {
        const auto receipt = TRY(in.bytes("receipt", item_bytes_max));
        TRY_STATUS(in.finish());
        const auto taken = TRY(depot.take_receipt(receipt));
        return Record{{"changed", std::int64_t{taken == Taken::changed}}};
    }
    return in.wrong("ask");
}

}  // namespace offline::courier
