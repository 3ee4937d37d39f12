#include "offline/outbox/epoch_file.hpp"

#include "offline/papers/local_number.hpp"

#include <algorithm>
#include <charconv>

namespace offline::outbox {

namespace {

using base::FaultCode;

constexpr std::string_view magic = "CWEPOCH2 ";
constexpr std::size_t file_bytes_max = 256;

std::string checked(std::string text) {
    const auto digest = sealing::digest(sealing::SuiteId::one, base::to_bytes(text));
    return text + base::to_hex(base::ByteView(digest).first(8));
}

std::string text_of(const EpochMark& mark) {
    return checked(std::string(magic) + base::to_hex(mark.epoch) + " " +
                   std::to_string(mark.first_seq) + " " + std::to_string(mark.ceiling) + " " +
                   std::to_string(mark.generation) + " ");
}

bool number(std::string_view& text, std::int64_t& out) {
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), out);
    const auto used = static_cast<std::size_t>(end - text.data());
    if (problem != std::errc{} || used >= text.size() || text[used] != ' ') return false;
    text.remove_prefix(used + 1);
    return true;
}

}  // namespace

base::Result<std::optional<EpochMark>> read_epoch_mark(store::Disk& disk, const std::string& path) {
    if (!disk.exists(path)) return std::optional<EpochMark>{};
    const base::Bytes bytes = TRY(disk.read(path, 0, file_bytes_max));
    const auto wrong = [] { return base::fail(FaultCode::OutboxCorrupt, "the epoch's file"); };
    std::string_view text = base::as_text(bytes);
    const std::string whole(text);
    const bool version_1 = !text.starts_with(magic);
    if (!version_1) text.remove_prefix(magic.size());
    const auto epoch = base::from_hex(text.substr(0, 32));
    EpochMark mark;
    if (!epoch || epoch->size() != mark.epoch.size()) return wrong();
    std::copy(epoch->begin(), epoch->end(), mark.epoch.begin());
    if (version_1) {
        mark.ceiling_is_known = false;
        if (text.size() != 32) return wrong();
        return std::optional(mark);
    }
    text.remove_prefix(std::min<std::size_t>(33, text.size()));
    if (!number(text, mark.first_seq) || !number(text, mark.ceiling) ||
        !number(text, mark.generation) || text_of(mark) != whole)
        return wrong();
    if (mark.first_seq < 1 || mark.ceiling < 0 || mark.ceiling > papers::seq_max) return wrong();
    return std::optional(mark);
}

base::Status write_epoch_mark(store::Disk& disk, const std::string& path, const EpochMark& mark) {
    return store::replace_file(disk, path, base::to_bytes(text_of(mark)));
}

std::string database_path(const std::string& folder, std::int64_t generation) {
    return folder + (generation == 0 ? "/outbox.sqlite"
                                     : "/outbox." + std::to_string(generation) + ".sqlite");
}

std::int64_t newest_generation(store::Disk& disk, const std::string& folder) {
    std::int64_t newest = 0;
    const auto names = disk.list(folder);
    for (const auto& name : names ? *names : std::vector<std::string>{}) {
        std::int64_t generation = 0;
        const char* end = name.data() + name.size();
        if (!name.starts_with("outbox.")) continue;
        const auto read = std::from_chars(name.data() + 7, end, generation);
        if (read.ec == std::errc{} && std::string_view(read.ptr, end) == ".sqlite")
            newest = std::max(newest, generation);
    }
    return newest;
}

}  // namespace offline::outbox
