#include "offline/courier/terminal/export.hpp"

#include "base/random.hpp"

#include <algorithm>

namespace offline::courier {

namespace {

using base::FaultCode;

constexpr std::size_t window_size = 64;
// Of an object's stream beyond its content, and of a file beyond its bytes.
constexpr std::int64_t object_overhead = 2 * 64 * 1024;
constexpr std::int64_t spare_bytes = 2 << 20;
// A submission and its attachments stay in one object, and that stays below object_bytes_max.
constexpr std::int64_t attachments_bytes_max = std::int64_t{960} << 20;

}  // namespace

Exporter::Exporter(Depot& depot, Medium& medium, Marks& marks, const outbox::Terminal& terminal,
                   const sealing::KeySet& keys, const base::Clock& clock, base::EventLog& log,
                   ExportOptions options, OnProgress on_progress)
    : depot_(depot),
      medium_(medium),
      marks_(marks),
      terminal_(terminal),
      keys_(keys),
      clock_(clock),
      log_(log),
      options_(options),
      on_progress_(std::move(on_progress)) {}

void Exporter::tell(Progress::Step step, std::int64_t done, std::int64_t of) const {
    if (on_progress_) on_progress_({step, done, of});
}

base::Result<Exported> Exporter::run(const std::string& stick) {
    auto exported = write(stick);
    if (!exported)
        log_.record(base::log::BundleRefused{exported.error().code});
    else if (exported->objects > 0)
        log_.record(base::log::BundleWritten{text(exported->id), exported->objects});
    return exported;
}

base::Result<Exported> Exporter::write(const std::string& stick) {
    const Mark* unfinished = marks_.unfinished(stick);
    Mark mark = unfinished != nullptr ? *unfinished : TRY(begin(stick));
    const bool continued = unfinished != nullptr;

    // What whole bundles on this stick carry already, and what this one does.
    if (!continued) {
        auto carried = carried_already(mark);
        start_walk(carried);
        const bool nothing = !TRY(next_package());
        if (nothing) {
            Exported out;
            out.looked_at = TRY(look_at_whole_ones(stick));
            return out;
        }
        TRY_STATUS(marks_.keep(mark));
    }
    BundleWriter writer = TRY(prepare(mark));
    auto carried = carried_already(mark);
    TRY_STATUS(check_room(carried));
    start_walk(carried);
    for (;;) {
        const auto seqs = TRY(write_object(writer, mark, carried));
        if (seqs.empty()) break;
    }
    if (mark.objects.empty()) {  // the network was faster
        TRY_STATUS(marks_.forget(mark.id));
        TRY_STATUS(remove_bundle(medium_, outward_folder(mark.id) + ".part"));
        return Exported{};
    }
    TRY_STATUS(finish(writer, mark));
    Exported out{mark.id, static_cast<std::int64_t>(mark.objects.size()), 0, continued};
    for (const auto& object : mark.objects)
        out.submissions += static_cast<std::int64_t>(object.seqs.size());
    return out;
}

base::Result<std::int64_t> Exporter::look_at_whole_ones(const std::string& stick) {
    std::vector<Mark> whole;
    for (const auto& [id, mark] : marks_.all())
        if (mark.verified && mark.stick == stick && medium_.exists(outward_folder(id)))
            whole.push_back(mark);
    for (auto& mark : whole) {
        tell(Progress::Step::reading_again, 0, static_cast<std::int64_t>(mark.objects.size()));
        std::vector<ObjectLine> lines;
        for (const auto& object : mark.objects) lines.push_back(object.line);
        TRY_STATUS(settle(BundleWriter::wrong_when_looked_at(medium_, outward_folder(mark.id),
                                                             mark.index, lines, mark.suite),
                          mark));
    }
    return static_cast<std::int64_t>(whole.size());
}

base::Result<Mark> Exporter::begin(const std::string& stick) {
    Mark mark;
    mark.id = base::random_bytes<16>();
    mark.counter = marks_.next_counter();
    mark.stick = stick;
    mark.created_at = clock_.now();
    mark.suite = terminal_.certificate.suite();
    mark.reply_secret = TRY(sealing::suite(mark.suite).new_sealing_pair()).secret;
    return mark;
}

// An object that cannot be read back whole is written again, under its old number.
base::Result<BundleWriter> Exporter::prepare(Mark& mark) {
    BundleWriter writer = TRY(BundleWriter::begin(medium_, outward_folder(mark.id)));
    const auto lost = std::erase_if(mark.objects, [&](const MarkedObject& object) {
        return !writer.is_there(object.line, mark.suite);
    });
    if (lost > 0) TRY_STATUS(marks_.keep(mark));
    return writer;
}

std::set<std::int64_t> Exporter::carried_already(const Mark& own) {
    std::set<std::int64_t> out;
    const auto add = [&out](const Mark& mark) {
        for (const auto& object : mark.objects) out.insert(object.seqs.begin(), object.seqs.end());
    };
    for (const auto& [id, mark] : marks_.all())
        if (mark.verified && mark.stick == own.stick && medium_.exists(outward_folder(id)))
            add(mark);
    add(own);
    return out;
}

base::Status Exporter::check_room(const std::set<std::int64_t>& carried) {
    total_ = 0;
    for (std::int64_t after = 0;;) {
        const auto window = TRY(depot_.waiting(after, window_size));
        if (window.empty()) break;
        after = window.back().seq;
        for (const auto& item : window)
            if (!carried.contains(item.seq)) total_ += item.bytes + 16 * 1024;
    }
    const std::int64_t objects = total_ / options_.object_bytes + 2;
    const std::int64_t needed = total_ + objects * object_overhead + spare_bytes;
    if (TRY(medium_.free_bytes()) < needed)
        return base::fail(FaultCode::MediumUnfit, "no room on the stick");
    return {};
}

base::Result<std::vector<std::int64_t>> Exporter::write_object(BundleWriter& writer, Mark& mark,
                                                               std::set<std::int64_t>& carried) {
    int number = 1;
    for (const auto& object : mark.objects) {
        if (object.line.number != number) break;
        ++number;
    }
    in_object_.clear();
    object_bytes_ = 0;
    if (!TRY(next_package())) return std::vector<std::int64_t>();
    if (number > static_cast<int>(objects_max))
        return base::fail(FaultCode::BundleWrong, "too many objects");
    const auto to = TRY(keys_.sealing_key(clock_.now()));
    const auto line =
        TRY(writer.write_object(mark.id, Way::outward, number, terminal_.certificate.realm, to,
                                mark.suite, [this] { return next_item(); }));
    mark.objects.push_back({line, in_object_});
    std::sort(mark.objects.begin(), mark.objects.end(),
              [](const auto& a, const auto& b) { return a.line.number < b.line.number; });
    TRY_STATUS(marks_.keep(mark));
    carried.insert(in_object_.begin(), in_object_.end());
    return in_object_;
}

void Exporter::start_walk(const std::set<std::int64_t>& carried) {
    skip_ = &carried;
    window_.clear();
    at_ = 0;
    after_ = 0;
    package_.reset();
}

// The next one that waits and is not carried yet; false: there is none.
base::Result<bool> Exporter::next_package() {
    for (;;) {
        if (at_ == window_.size()) {
            window_ = TRY(depot_.waiting(after_, window_size));
            at_ = 0;
            if (window_.empty()) return false;
            after_ = window_.back().seq;
        }
        const std::int64_t seq = window_[at_++].seq;
        if (skip_->contains(seq)) continue;
        package_ = TRY(depot_.package(seq));
        if (!package_) continue;
        in_object_.push_back(seq);
        attachment_ = 0;
        offset_ = 0;
        return true;
    }
}

base::Result<base::Bytes> Exporter::next_item() {
    for (;;) {
        if (!package_) {
            if (object_bytes_ >= options_.object_bytes || !TRY(next_package()))
                return base::Bytes();
        }
        base::Bytes item;
        if (!package_->submission.empty()) {
            item = encode_item(ItemKind::submission, package_->submission);
            package_->submission.clear();
        } else if (attachment_ < package_->attachments.size()) {
            const auto& line = package_->attachments[attachment_];
            if (offset_ == 0 && object_bytes_ + line.length > attachments_bytes_max) {
                ++attachment_;  // it does not fit behind the others: the network's
                continue;
            }
            const auto bytes = TRY(depot_.attachment(line.id, offset_, slice_bytes_max));
            if (bytes.empty()) {
                ++attachment_;
                offset_ = 0;
                continue;
            }
            item = encode_slice({line.id, offset_, bytes});
            offset_ += static_cast<std::int64_t>(bytes.size());
        } else {
            package_.reset();
            continue;
        }
        object_bytes_ += static_cast<std::int64_t>(item.size());
        done_ += static_cast<std::int64_t>(item.size());
        tell(Progress::Step::writing, std::min(done_, total_), total_);
        return item;
    }
}

base::Status Exporter::finish(BundleWriter& writer, Mark& mark) {
    OutwardIndex index;
    index.realm = terminal_.certificate.realm;
    index.id = mark.id;
    index.terminal = terminal_.certificate.terminal;
    index.counter = mark.counter;
    index.created_at = mark.created_at;
    index.certificate = terminal_.certificate.file;
    index.reply_to = TRY(sealing::suite(mark.suite).sealing_pair(mark.reply_secret)).public_key;
    for (const auto& object : mark.objects) index.objects.push_back(object.line);
    const auto to = TRY(keys_.sealing_key(clock_.now()));
    const auto sealed = TRY(seal(index, terminal_.key, to));
    TRY_STATUS(writer.finish(sealed));
    tell(Progress::Step::reading_again, 0, static_cast<std::int64_t>(index.objects.size()));
    const auto wrong = writer.wrong_when_read_again(sealed, index.objects, mark.suite);
    if (wrong && wrong->empty()) {
        mark.verified = true;
        mark.index = line_of(sealed, mark.suite);
        return marks_.keep(mark);
    }
    // The folder gets its first name back, as far as this medium still listens.
    [[maybe_unused]] const auto taken_back = writer.take_back();
    return settle(wrong, mark);
}

// What a second reading found wrong is written again the next time.
base::Status Exporter::settle(const base::Result<std::vector<int>>& wrong, Mark& mark) {
    if (wrong && wrong->empty()) return {};
    mark.verified = false;
    if (!wrong) {
        TRY_STATUS(marks_.keep(mark));
        return base::fail(wrong.error());
    }
    std::erase_if(mark.objects, [&](const MarkedObject& object) {
        return std::find(wrong->begin(), wrong->end(), object.line.number) != wrong->end();
    });
    TRY_STATUS(marks_.keep(mark));
    return base::fail(FaultCode::MediumUnfit, "what was written reads otherwise");
}

}  // namespace offline::courier
