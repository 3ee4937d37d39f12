#include "offline/intake/service_shelf.hpp"

#include "offline/papers/wire.hpp"
#include "offline/store/disk.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <algorithm>

namespace offline::intake {

namespace {

using base::FaultCode;
namespace wire = papers::wire;

std::string file_name(std::int64_t number) {
    return fmt::format("{:06}.json", number);
}

// Under a name of its own, then linked to its place: of two nodes that write at once one is first,
// and what stands there is whole.
base::Status put(store::Disk& disk, const std::string& folder, const std::string& name,
                 base::ByteView bytes, std::string_view own) {
    const std::string part = fmt::format("{}/.{}.{}", folder, name, own);
    {
        auto file = TRY(disk.create(part));
        TRY_STATUS(file->write(bytes));
        TRY_STATUS(file->sync());
    }
    const bool linked = ::link(part.c_str(), (folder + "/" + name).c_str()) == 0;
    const bool was_there = !linked && errno == EEXIST;
    TRY_STATUS(disk.remove(part));
    if (!linked && !was_there) return base::fail(FaultCode::FileUnwritable, name);
    return disk.sync_folder(folder);
}

// How many of the lines name this verdict in their second field.
std::int64_t count(const formats::Texts& checks, std::string_view verdict) {
    return std::ranges::count_if(checks, [&](const std::string& line) {
        const auto at = line.find('\t');
        return at != std::string::npos &&
               std::string_view(line).substr(at + 1).starts_with(std::string(verdict) + "\t");
    });
}

// Folders below a terminal's; a node's own half-written files are none.
bool is_epoch(std::string_view name) {
    return name.size() == 2 * sealing::Epoch{}.size() && base::from_hex(name).has_value();
}

struct Line {
    base::Instant made_at{};
    std::string text;
};

// What was kept was checked then; a certificate of its day is not needed to print it.
Line line_of(const std::string& terminal, const std::string& name, base::ByteView file) {
    const auto record = formats::record_from_json(file);
    const Line unreadable{{}, fmt::format("{}\t{}\tunreadable\n", terminal, name)};
    if (!record) return unreadable;
    formats::Record content = *record;
    for (const char* outer :
         {"v", "paper", "realm", "terminal", "epoch", "number", "previous", "signature"})
        content.erase(outer);
    const auto said = papers::service_content(content);
    if (!said) return unreadable;
    return {said->made_at,
            fmt::format("{}\t{}\t{}\t{}\t{}\t{} failed\t{} attention\n", terminal,
                        name.substr(0, name.find('.')), papers::name(said->kind),
                        base::iso8601_local(said->made_at),
                        said->technician.empty() ? "-" : said->technician,
                        count(said->checks, "failed"), count(said->checks, "attention"))};
}

base::Result<std::vector<Line>> lines_in(const std::string& folder,
                                         const std::vector<std::string>& names,
                                         const std::string& terminal) {
    std::vector<Line> out;
    for (const auto& name : names) {
        if (!name.ends_with(".json") || name.starts_with('.')) continue;
        const auto file = TRY(base::read_file(folder + "/" + name));
        out.push_back(line_of(terminal, name, file));
    }
    return out;
}

}  // namespace

base::Result<base::Bytes> ServiceShelf::kept(const std::string& terminal, base::ByteView body) {
    const auto delivery = TRY(wire::service_delivery(body));
    const auto certificate =
        TRY(sealing::TerminalCertificate::verify(delivery.certificate, options_.root));
    if (certificate.realm != options_.keys.realm())
        return base::fail(FaultCode::RealmMismatch, "service record");
    if (certificate.terminal != terminal)
        return base::fail(FaultCode::SignatureWrong, "service record of another terminal");
    const auto record = TRY(papers::ServiceRecord::verify(delivery.file, certificate));
    const auto digest = sealing::digest(certificate.suite(), delivery.file);
    const auto key = TRY(options_.keys.receipt_key(certificate.suite(), clock_.now()));

    store::Disk& disk = store::real_disk();
    // A machine that replaces another one counts from 1 again, in an epoch of its own. What stands
    // without an epoch was kept before they had folders.
    const std::string all_of_it = options_.folder + "/" + terminal;
    const std::string of_before = all_of_it + "/" + file_name(record.number);
    const std::string folder = all_of_it + "/" + base::to_hex(record.epoch);
    std::string path = folder + "/" + file_name(record.number);
    if (const auto old = base::read_file(of_before); old && *old == delivery.file) path = of_before;
    if (!disk.exists(path)) {
        for (const auto& each : {all_of_it, folder}) TRY_STATUS(disk.make_folder(each));
        TRY_STATUS(put(disk, folder, file_name(record.number), delivery.file,
                       base::to_hex(base::ByteView(digest).first(8))));
    }
    const auto there = TRY(base::read_file(path));
    if (!std::ranges::equal(there, delivery.file))
        return base::fail(FaultCode::CentreRefused, "another record has this number");
    return wire::encode(wire::ServiceKept{terminal, record.number, digest}, key);
}

Reply ServiceShelf::keep(const std::string& terminal, base::ByteView body) {
    auto answer = kept(terminal, body);
    if (answer) return {200, std::move(*answer)};
    log_.record(base::log::IntakeRefused{answer.error().code});
    switch (answer.error().code) {
        case FaultCode::BytesMalformed:
            return {400, wire::encode_refusal("malformed")};
        case FaultCode::CentreRefused:
            return {409, wire::encode_refusal("other-content")};
        case FaultCode::SignatureWrong:
        case FaultCode::RealmMismatch:
        case FaultCode::KeyAbsent:
        case FaultCode::SuiteMismatch:
            return {403, wire::encode_refusal(std::string(base::name(answer.error().code)))};
        default:
            return {503, wire::encode_refusal("later")};
    }
}

base::Result<std::string> service_records_text(const std::string& folder,
                                               const std::string& terminal) {
    store::Disk& disk = store::real_disk();
    std::vector<std::string> terminals{terminal};
    if (terminal.empty()) {
        terminals.clear();
        if (disk.exists(folder)) terminals = TRY(disk.list(folder));
        std::ranges::sort(terminals);
    }
    std::string out;
    for (const auto& one : terminals) {
        const std::string place = folder + "/" + one;
        if (!disk.exists(place))
            return base::fail(FaultCode::AnswerNotFound, "no record of this terminal");
        auto names = TRY(disk.list(place));
        std::ranges::sort(names);
        std::vector<Line> lines = TRY(lines_in(place, names, one));
        for (const auto& name : names) {
            if (!is_epoch(name)) continue;
            auto inside = TRY(disk.list(place + "/" + name));
            std::ranges::sort(inside);
            for (auto& line : TRY(lines_in(place + "/" + name, inside, one)))
                lines.push_back(std::move(line));
        }
        // One machine after the other, as they were there.
        std::ranges::stable_sort(lines, {}, &Line::made_at);
        for (const auto& line : lines) out += line.text;
    }
    return out;
}

}  // namespace offline::intake
