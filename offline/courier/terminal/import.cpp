#include "offline/courier/terminal/import.hpp"

namespace offline::courier {

namespace {

using base::FaultCode;

bool is_of_the_bundle(FaultCode code) {
    switch (code) {
        case FaultCode::BundleWrong:
        case FaultCode::CentreNonsense:
        case FaultCode::BytesMalformed:
        case FaultCode::SealBroken:
        case FaultCode::RealmMismatch:
        case FaultCode::SuiteMismatch:
        case FaultCode::SignatureWrong:
        case FaultCode::KeyUnknown:
        case FaultCode::KeyAbsent:
        case FaultCode::KeySetOutdated:
        case FaultCode::MediumUnfit:
            return true;
        default:
            return false;
    }
}

}  // namespace

Importer::Importer(Depot& depot, Medium& medium, Marks& marks, ImportPlace place,
                   const outbox::Terminal& terminal, const sealing::PinnedRoot& root,
                   const sealing::KeySet& keys, base::EventLog& log, OnKeySet on_key_set)
    : depot_(depot),
      medium_(medium),
      marks_(marks),
      place_(std::move(place)),
      terminal_(terminal),
      root_(root),
      keys_(keys),
      log_(log),
      on_key_set_(std::move(on_key_set)) {}

base::Result<Imported> Importer::run() {
    Imported sum;
    for (const auto& entry : TRY(medium_.list("", root_entries_max))) {
        const auto id = return_in(entry.name);
        if (!id) continue;
        const Mark* mark = marks_.find(*id);
        if (mark == nullptr) {
            ++sum.others;
            continue;
        }
        const auto taken = take(Mark(*mark), entry.name, sum);
        if (taken) continue;
        if (!is_of_the_bundle(taken.error().code)) return base::fail(taken.error());
        log_.record(base::log::BundleRefused{taken.error().code});
        sum.refused.push_back(taken.error());
    }
    return sum;
}

FindPair Importer::pair_of(const Mark& mark) const {
    return [&mark](std::string_view kid) -> base::Result<sealing::KeyPair> {
        auto pair = TRY(sealing::suite(mark.suite).sealing_pair(mark.reply_secret));
        if (sealing::key_id(pair.public_key) != kid)
            return base::fail(FaultCode::KeyUnknown, "sealed to another bundle");
        return pair;
    };
}

base::Result<Importer::Verified> Importer::verify_all(const Mark& mark, const std::string& folder,
                                                      Staging& copy) {
    const auto sealed =
        TRY(read_small(medium_, folder + "/" + std::string(index_name), index_bytes_max));
    const auto opened = TRY(open_return(sealed, terminal_.certificate.realm, pair_of(mark)));
    Verified out;
    out.index = opened.index;
    const auto& index = out.index;
    // The set it brings may hold the very key that signed it; the root answers for that. An older
    // one than ours says nothing.
    const auto brought = sealing::KeySet::verify(index.key_set, root_, {keys_.suite(), 0});
    if (brought && brought->version() > keys_.version()) out.newer = *brought;
    const sealing::KeySet& keys = out.newer ? *out.newer : keys_;
    TRY_STATUS(verify(opened, keys));
    const auto wrong = [](const char* why) { return base::fail(FaultCode::BundleWrong, why); };
    if (index.id != mark.id) return wrong("answer to another bundle");
    if (index.terminal != terminal_.certificate.terminal) return wrong("of another terminal");
    if (index.created_at < mark.answered_at) return wrong("older than the one taken before");
    TRY_STATUS(copy.copy(medium_, folder, index.objects, mark.suite));
    for (const auto& line : index.objects)
        TRY_STATUS(copy.read(line, index.realm, mark.id, Way::back, pair_of(mark),
                             [&](ItemKind kind, base::ByteView bytes) -> base::Status {
                                 if (kind != ItemKind::receipt) return wrong("item");
                                 const auto receipt =
                                     TRY(papers::CentreReceipt::verify(bytes, keys));
                                 if (receipt.realm != index.realm)
                                     return base::fail(FaultCode::RealmMismatch, "receipt");
                                 if (receipt.terminal != index.terminal)
                                     return wrong("receipt of another terminal");
                                 ++out.receipts;
                                 return {};
                             }));
    return out;
}

base::Status Importer::take(const Mark& mark, const std::string& folder, Imported& sum) {
    Staging copy = TRY(Staging::make(place_.disk, place_.staging_folder));
    const Verified verified = TRY(verify_all(mark, folder, copy));
    if (verified.newer && on_key_set_)
        TRY_STATUS(on_key_set_(*verified.newer, verified.index.key_set));
    std::int64_t changed = 0;
    for (const auto& line : verified.index.objects)
        TRY_STATUS(copy.read(line, verified.index.realm, mark.id, Way::back, pair_of(mark),
                             [&](ItemKind, base::ByteView bytes) -> base::Status {
                                 const auto taken = depot_.take_receipt(bytes);
                                 if (taken) {
                                     changed += *taken == Taken::changed ? 1 : 0;
                                     return {};
                                 }
                                 if (!is_of_the_bundle(taken.error().code))
                                     return base::fail(taken.error());
                                 ++sum.rejected;
                                 return {};
                             }));
    Mark answered = mark;
    answered.answered_at = verified.index.created_at;
    TRY_STATUS(marks_.keep(answered));
    ++sum.returns;
    sum.receipts += verified.receipts;
    sum.changed += changed;
    log_.record(base::log::BundleRead{text(mark.id), verified.receipts, changed});
    return {};
}

}  // namespace offline::courier
