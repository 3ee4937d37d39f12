// Everything that is read from a stick, the first byte chooses what. What is signed and sealed is
// met behind both: the rubbish of someone who has the keys. What is read is written again and says
// the same.
#include "offline/courier/bundle.hpp"
#include "offline/courier/items.hpp"
#include "offline/courier/terminal/marks.hpp"
#include "offline/sealing/envelope.hpp"
#include "tests/fuzz/fixed_keys.hpp"

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

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const base::ByteView input(data + 1, size - 1);
    const std::string text(base::as_text(input));
    switch (data[0] % 8) {
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
    }
    return 0;
}
