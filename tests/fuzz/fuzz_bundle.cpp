// Everything that is read from a stick, the first byte chooses what. What is signed and sealed is
// met behind both: the rubbish of someone who has the keys. What is read is written again and says
// the same.
#include "offline/courier/bundle.hpp"
#include "offline/courier/items.hpp"
#include "offline/courier/terminal/marks.hpp"
#include "offline/courier/terminal/registration.hpp"
#include "offline/sealing/envelope.hpp"
#include "tests/fuzz/fixed_keys.hpp"
#include "tests/power_loss/disk/recording_disk.hpp"

#include <algorithm>

namespace {

using namespace offline;
namespace courier = offline::courier;

const auto& key = fuzz::root(sealing::SuiteId::one);
const auto& pair = fuzz::sealing_pair(sealing::SuiteId::one);
const sealing::PinnedRoot pinned{domain::Realm::training, key.public_key()};

base::Result<sealing::KeyPair> find(std::string_view) {
    return pair;
}

// The terminal and the root share a key here.
const base::Bytes& certificate() {
    static const auto made = sealing::TerminalCertificate::issue(
        key, domain::Realm::training, "000101001001001", key.public_key());
    return made.value().file;
}

void must(bool promise) {
    if (!promise) std::abort();
}

base::Bytes sealed(std::string_view magic, const formats::Record& record) {
    const auto out = sealing::envelope::seal(magic, domain::Realm::training, pair.public_key, {},
                                             formats::to_cbor(record));
    return out ? *out : base::Bytes();  // larger than an envelope
}

void outward(base::ByteView input) {
    auto record = formats::record_from_cbor(input);
    if (!record) return;
    (*record)["certificate"] = certificate();
    const auto full = sealing::signed_record(*record, key, courier::outward_context);
    const auto read =
        courier::open_outward(sealed("CWB1", full.value()), domain::Realm::training, find, pinned);
    if (!read) return;
    const auto written = courier::seal(read->index, key, pair.public_key).value();
    const auto again = courier::open_outward(written, domain::Realm::training, find, pinned);
    must(again && again->index.objects == read->index.objects &&
         again->index.id == read->index.id && again->index.reply_to == read->index.reply_to &&
         again->index.counter == read->index.counter);
}

void back(base::ByteView input) {
    auto record = formats::record_from_cbor(input);
    if (!record) return;
    const auto full = sealing::signed_by_kid(*record, key, courier::return_context);
    const auto read =
        courier::open_return(sealed("CWR1", full.value()), domain::Realm::training, find);
    if (!read) return;
    const auto written = courier::seal(read->index, key, pair.public_key).value();
    const auto again = courier::open_return(written, domain::Realm::training, find);
    must(again && formats::to_json(again->record) == formats::to_json(read->record));
}

void items(base::ByteView input) {
    base::Bytes again;
    const auto on_item = [&](courier::ItemKind kind, base::ByteView bytes) -> base::Status {
        auto item = courier::encode_item(kind, bytes);
        if (kind == courier::ItemKind::slice) {
            if (const auto slice = courier::slice_in(bytes))
                must(courier::encode_slice(*slice) == item);
        }
        again.insert(again.end(), item.begin(), item.end());
        return {};
    };
    courier::ItemReader reader(on_item);
    // In two steps, the first byte says where.
    const std::size_t cut = input.empty() ? 0 : std::min<std::size_t>(input[0], input.size());
    if (!reader.append(input.first(cut)) || !reader.append(input.subspan(cut)) || !reader.finish())
        return;
    must(again == base::Bytes(input.begin(), input.end()));
}

// A stick with one file, whatever it is called.
class OneFile final : public courier::Medium {
  public:
    explicit OneFile(base::Bytes content) : content_(std::move(content)) {}
    base::Result<courier::MediumFacts> facts() override {
        return courier::MediumFacts{"0000-0001", "vfat", true, true};
    }
    base::Result<std::int64_t> free_bytes() override { return 0; }
    bool exists(const std::string&) override { return true; }
    base::Result<std::vector<courier::Entry>> list(const std::string&, std::size_t) override {
        return std::vector<courier::Entry>{};
    }
    base::Result<std::unique_ptr<courier::InFile>> open(const std::string&) override {
        return std::make_unique<File>(content_);
    }
    base::Result<std::unique_ptr<courier::InFile>> open_uncached(const std::string& path) override {
        return open(path);
    }
    base::Result<std::unique_ptr<store::OutFile>> create(const std::string&) override {
        return base::fail(base::FaultCode::MediumUnfit);
    }
    base::Status make_folder(const std::string&) override { return {}; }
    base::Status rename(const std::string&, const std::string&) override { return {}; }
    base::Status remove(const std::string&) override { return {}; }
    base::Status sync_folder(const std::string&) override { return {}; }
    base::Status sync_all() override { return {}; }

  private:
    class File final : public courier::InFile {
      public:
        explicit File(const base::Bytes& content) : content_(content) {}
        base::Result<base::Bytes> read(std::size_t most) override {
            const auto piece = std::min(most, content_.size() - at_);
            const auto from = content_.begin() + static_cast<std::ptrdiff_t>(at_);
            at_ += piece;
            return base::Bytes(from, from + static_cast<std::ptrdiff_t>(piece));
        }

      private:
        const base::Bytes& content_;
        std::size_t at_ = 0;
    };
    base::Bytes content_;
};

// Of a terminal that registered one stick, on this file system.
base::Result<std::string> stick_of(const base::Bytes& file) {
    static const std::string known = base::to_hex(base::Bytes(16, 's'));
    static power_loss::RecordingDisk disk({{"/sticks/" + known + ".json", base::Bytes{}}});
    static const outbox::Terminal terminal{
        sealing::TerminalCertificate::verify(certificate(), pinned).value(), key};
    OneFile medium(file);
    auto found = courier::check_stick(medium, {&disk, "/sticks"}, terminal);
    if (found) must(*found == known);
    return found;
}

void registration(base::ByteView input) {
    must(!stick_of(base::Bytes(input.begin(), input.end())));
    const auto record = formats::record_from_json(input);
    if (!record) return;
    const auto full = sealing::signed_record(*record, key, courier::stick_context);
    if (full && stick_of(formats::to_json(*full))) {
        auto other = *record;
        other["identity"] = std::string("0000-0002");
        must(!stick_of(
            formats::to_json(sealing::signed_record(other, key, courier::stick_context).value())));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const base::ByteView input(data + 1, size - 1);
    const std::string text(base::as_text(input));
    switch (data[0] % 9) {
        case 0:
            outward(input);
            break;
        case 1:
            back(input);
            break;
        case 2:
            items(input);
            break;
        case 3:
            if (const auto line = courier::object_line(text)) must(courier::text(*line) == text);
            break;
        case 4:
            if (const auto numbers = courier::numbers_in(text))
                must(courier::ranges(*numbers) == text);
            break;
        case 5:
            if (const auto id = courier::outward_in(text))
                must(courier::outward_folder(*id) == text);
            if (const auto id = courier::return_in(text)) must(courier::return_folder(*id) == text);
            break;
        case 6:
            must(!courier::open_outward(input, domain::Realm::training, find, pinned));
            break;
        case 7:
            // Nobody else can seal to this key and sign: whatever opens was not made here.
            if (const auto read = courier::open_return(input, domain::Realm::training, find))
                must(read->index.realm == domain::Realm::training);
            break;
        case 8:
            registration(input);
            break;
    }
    return 0;
}
