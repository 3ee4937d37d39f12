#include "offline/courier/terminal/marks.hpp"

#include "offline/sealing/suites/wipe_at_end.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace offline::courier {

namespace {

using base::FaultCode;
using formats::Record;

constexpr std::size_t file_bytes_max = 1u << 20;
constexpr std::size_t in_one_object_max = 1u << 20;
constexpr std::int64_t latest = 253'402'300'799'000;

std::int64_t ms(base::Instant instant) {
    return instant.time_since_epoch().count();
}

base::Bytes encode(const Mark& mark) {
    formats::Texts objects;
    for (const auto& object : mark.objects)
        objects.push_back(text(object.line) + "|" + ranges(object.seqs));
    Record record{{"v", std::int64_t{1}},
                  {"kind", std::string("courier-mark")},
                  {"bundle", base::Bytes(mark.id.begin(), mark.id.end())},
                  {"counter", mark.counter},
                  {"stick", mark.stick},
                  {"verified", std::int64_t{mark.verified}},
                  {"created_at", ms(mark.created_at)},
                  {"answered_at", ms(mark.answered_at)},
                  {"suite", std::string(domain::name(mark.suite))},
                  {"reply_secret", *mark.reply_secret},
                  {"index", mark.verified ? text(mark.index) : std::string()},
                  {"objects", objects}};
    base::Bytes out = formats::to_json(record);
    formats::wipe(record);
    return out;
}

base::Result<Mark> decode(base::ByteView bytes) {
    Record record = TRY(formats::record_from_json(bytes));
    formats::Fields in(record, FaultCode::BytesMalformed, "courier mark");
    Mark mark;
    TRY_STATUS(in.exactly("v", 1));
    TRY_STATUS(in.exactly("kind", "courier-mark"));
    mark.id = TRY(in.array<16>("bundle"));
    mark.counter = TRY(in.integer("counter", 1, std::int64_t{1} << 40));
    mark.stick = TRY(in.text("stick", 32));
    mark.verified = TRY(in.integer("verified", 0, 1)) != 0;
    mark.created_at = base::Instant{base::Millis{TRY(in.integer("created_at", 0, latest))}};
    mark.answered_at = base::Instant{base::Millis{TRY(in.integer("answered_at", 0, latest))}};
    mark.suite = TRY(sealing::suite_in(in));
    mark.reply_secret = sealing::SecretBytes(TRY(in.bytes("reply_secret", 32)));
    for (const auto& object : TRY(in.texts("objects", objects_max))) {
        const auto bar = object.find('|');
        if (bar == std::string::npos) return in.wrong("objects");
        mark.objects.push_back({TRY(object_line(object.substr(0, bar))),
                                TRY(numbers_in(std::string_view(object).substr(bar + 1)))});
    }
    const auto index = TRY(in.text("index", 128));
    if (mark.verified) mark.index = TRY(object_line(index));
    TRY_STATUS(in.finish());
    formats::wipe(record);
    return mark;
}

}  // namespace

std::string ranges(const std::vector<std::int64_t>& numbers) {
    std::string out;
    for (std::size_t i = 0; i < numbers.size();) {
        std::size_t last = i;
        while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1) ++last;
        if (!out.empty()) out += ' ';
        out += std::to_string(numbers[i]);
        if (last > i) out += "-" + std::to_string(numbers[last]);
        i = last + 1;
    }
    return out;
}

base::Result<std::vector<std::int64_t>> numbers_in(std::string_view given) {
    const auto wrong = [] { return base::fail(FaultCode::BytesMalformed, "ranges"); };
    std::vector<std::int64_t> out;
    const char *at = given.data(), *const end = at + given.size();
    while (at != end) {
        std::int64_t first = 0;
        auto read = std::from_chars(at, end, first);
        if (read.ec != std::errc{} || first < 1 || (!out.empty() && first <= out.back()))
            return wrong();
        std::int64_t last = first;
        if (read.ptr != end && *read.ptr == '-') read = std::from_chars(read.ptr + 1, end, last);
        if (read.ec != std::errc{} || last < first || (read.ptr != end && *read.ptr != ' ') ||
            static_cast<std::uint64_t>(last - first) >= in_one_object_max - out.size())
            return wrong();
        for (std::int64_t number = first; number <= last; ++number) out.push_back(number);
        at = read.ptr == end ? end : read.ptr + 1;
        if (read.ptr != end && at == end) return wrong();
    }
    if (ranges(out) != given) return wrong();
    return out;
}

base::Result<Marks> Marks::open(store::Disk& disk, std::string folder) {
    Marks marks(disk, std::move(folder));
    TRY_STATUS(disk.make_folder(marks.folder_));
    for (const auto& name : TRY(disk.list(marks.folder_))) {
        if (!name.ends_with(".json")) continue;
        base::Bytes bytes = TRY(disk.read(marks.folder_ + "/" + name, 0, file_bytes_max));
        const sealing::WipeAtEnd wipe(bytes);
        auto mark = decode(bytes);
        if (!mark) {  // its submissions wait as before, and go onto the next stick
            TRY_STATUS(
                disk.rename(marks.folder_ + "/" + name, marks.folder_ + "/" + name + ".damaged"));
            continue;
        }
        const BundleId id = mark->id;
        marks.marks_.insert_or_assign(id, std::move(*mark));
    }
    return marks;
}

const Mark* Marks::find(const BundleId& id) const {
    const auto found = marks_.find(id);
    return found == marks_.end() ? nullptr : &found->second;
}

const Mark* Marks::unfinished(const std::string& stick) const {
    for (const auto& [id, mark] : marks_)
        if (!mark.verified && mark.stick == stick) return &mark;
    return nullptr;
}

std::int64_t Marks::next_counter() const {
    std::int64_t last = 0;
    for (const auto& [id, mark] : marks_) last = std::max(last, mark.counter);
    return last + 1;
}

std::string Marks::path(const BundleId& id) const {
    return folder_ + "/" + text(id) + ".json";
}

base::Status Marks::keep(const Mark& mark) {
    base::Bytes bytes = encode(mark);
    const sealing::WipeAtEnd wipe(bytes);
    TRY_STATUS(store::replace_file(*disk_, path(mark.id), bytes));
    marks_.insert_or_assign(mark.id, mark);
    if (marks_.size() <= marks_max) return {};
    const Mark* oldest = nullptr;
    for (const auto& [id, other] : marks_)
        if (other.answered_at != base::Instant{} &&
            (oldest == nullptr || other.counter < oldest->counter))
            oldest = &other;
    return oldest == nullptr ? base::Status{} : forget(BundleId(oldest->id));
}

base::Status Marks::forget(const BundleId& id) {
    TRY_STATUS(disk_->remove(path(id)));
    TRY_STATUS(disk_->sync_folder(folder_));
    marks_.erase(id);
    return {};
}

}  // namespace offline::courier
