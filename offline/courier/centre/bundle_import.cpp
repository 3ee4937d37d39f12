#include "offline/courier/centre/bundle_import.hpp"

#include "offline/papers/wire.hpp"

#include <map>

namespace offline::courier {

namespace {

using base::FaultCode;
namespace wire = papers::wire;

}  // namespace

// What a first reading of the copy found; the bytes stay there.
struct Station::Content {
    std::vector<domain::SubId> submissions;
    std::map<sealing::AttachmentId, papers::AttachmentLine> attachments;
    std::map<sealing::AttachmentId, std::int64_t> lengths;  // as far as they are in the bundle
};

Station::Station(IntakeDoor& door, Medium& medium, store::Disk& disk,
                 const sealing::IntakeKeys& keys, StationOptions options, const base::Clock& clock,
                 base::EventLog& log)
    : door_(door),
      medium_(medium),
      disk_(disk),
      keys_(keys),
      options_(std::move(options)),
      clock_(clock),
      log_(log) {}

FindPair Station::find() const {
    return [this](std::string_view kid) { return keys_.sealing_pair(kid); };
}

base::Result<std::vector<BundleResult>> Station::run() {
    std::vector<BundleResult> out;
    for (const auto& entry : TRY(medium_.list("", root_entries_max))) {
        const auto id = outward_in(entry.name);
        if (!id) continue;
        out.push_back({text(*id), {}, 0, 0});
        out.back().status = import(*id, entry.name, out.back());
        if (out.back().status)
            log_.record(base::log::BundleRead{out.back().bundle, out.back().submissions,
                                              out.back().receipts});
        else
            log_.record(base::log::BundleRefused{out.back().status.error().code});
    }
    return out;
}

base::Status Station::import(const BundleId& id, const std::string& folder, BundleResult& out) {
    const auto sealed =
        TRY(read_small(medium_, folder + "/" + std::string(index_name), index_bytes_max));
    const auto bundle = TRY(open_outward(sealed, keys_.realm(), find(), options_.root));
    if (bundle.index.id != id) return base::fail(FaultCode::BundleWrong, "another bundle's name");
    Staging copy = TRY(Staging::make(disk_, options_.staging_folder));
    TRY_STATUS(copy.copy(medium_, folder, bundle.index.objects, bundle.certificate.suite()));
    const Content content = TRY(read_all(bundle, copy));
    const auto receipts = TRY(deliver(bundle, content, copy));
    out.submissions = static_cast<std::int64_t>(content.submissions.size());
    out.receipts = static_cast<std::int64_t>(receipts.size());
    return write_return(bundle, receipts);
}

// Everything is read once without effect: a bundle that breaks off in its last object, or carries
// papers of another terminal, had none.
base::Result<Station::Content> Station::read_all(const OpenedOutward& bundle, const Staging& copy) {
    Content content;
    const auto wrong = [](const char* why) { return base::fail(FaultCode::BundleWrong, why); };
    const auto on_submission = [&](base::ByteView bytes) -> base::Status {
        const auto delivered = TRY(wire::delivered(bytes));
        const auto certificate =
            TRY(sealing::TerminalCertificate::verify(delivered.certificate, options_.root));
        TRY_STATUS(sealing::verify(certificate.key, sealing::context::manifest, delivered.manifest,
                                   delivered.signature));
        const auto manifest = TRY(papers::Manifest::parse(delivered.manifest));
        if (manifest.terminal != bundle.index.terminal) return wrong("of another terminal");
        if (manifest.realm != keys_.realm())
            return base::fail(FaultCode::RealmMismatch, "manifest");
        content.submissions.push_back(manifest.sub_id);
        for (const auto& line : manifest.attachments) content.attachments.emplace(line.id, line);
        return {};
    };
    const auto on_slice = [&](base::ByteView bytes) -> base::Status {
        const auto slice = TRY(slice_in(bytes));
        const auto line = content.attachments.find(slice.attachment);
        if (line == content.attachments.end()) return wrong("attachment of no submission");
        auto& length = content.lengths[slice.attachment];
        const auto size = static_cast<std::int64_t>(slice.bytes.size());
        if (slice.offset != length || length + size > line->second.length)
            return wrong("attachment out of order");
        length += size;
        return {};
    };
    for (const auto& line : bundle.index.objects)
        TRY_STATUS(copy.read(line, keys_.realm(), bundle.index.id, Way::outward, find(),
                             [&](ItemKind kind, base::ByteView bytes) -> base::Status {
                                 if (kind == ItemKind::submission) return on_submission(bytes);
                                 if (kind == ItemKind::slice) return on_slice(bytes);
                                 return wrong("item");
                             }));
    return content;
}

base::Result<std::vector<base::Bytes>> Station::deliver(const OpenedOutward& bundle,
                                                        const Content& content,
                                                        const Staging& copy) {
    const std::string& terminal = bundle.index.terminal;
    std::vector<base::Bytes> receipts;
    // An answer without a receipt in it changes nothing at the terminal; it stays there and waits.
    const auto keep = [&](const IntakeDoor::Answer& answer) -> base::Status {
        if (answer.status >= 500) return base::fail(FaultCode::CentreFailed, "the intake is away");
        auto receipt = wire::receipt(answer.body);
        if (receipt && (receipts.empty() || receipts.back() != *receipt))
            receipts.push_back(std::move(*receipt));
        return {};
    };
    const auto submit = [&](base::ByteView bytes) -> base::Status {
        const auto delivered = TRY(wire::delivered(bytes));
        const auto manifest = TRY(papers::Manifest::parse(delivered.manifest));
        return keep(door_.submit(terminal, manifest.sub_id.text(), bytes));
    };
    const auto upload = [&](base::ByteView bytes) -> base::Status {
        const auto slice = TRY(slice_in(bytes));
        const auto& line = content.attachments.at(slice.attachment);
        const auto answer =
            door_.upload(slice, line.length, line.digest, bundle.certificate.suite());
        return answer.status >= 500 ? base::fail(FaultCode::CentreFailed, "the intake is away")
                                    : base::Status{};
    };
    for (const auto& line : bundle.index.objects)
        TRY_STATUS(copy.read(line, keys_.realm(), bundle.index.id, Way::outward, find(),
                             [&](ItemKind kind, base::ByteView bytes) {
                                 return kind == ItemKind::submission ? submit(bytes)
                                                                     : upload(bytes);
                             }));
    for (const auto& id : content.submissions) TRY_STATUS(keep(door_.commit(terminal, id.text())));
    return receipts;
}

base::Status Station::write_return(const OpenedOutward& bundle,
                                   const std::vector<base::Bytes>& receipts) {
    const auto suite = bundle.certificate.suite();
    ReturnIndex index;
    index.realm = keys_.realm();
    index.id = bundle.index.id;
    index.terminal = bundle.index.terminal;
    index.created_at = clock_.now();
    index.key_set = options_.key_set;
    const std::string name = return_folder(index.id);
    TRY_STATUS(remove_bundle(medium_, name));
    BundleWriter writer = TRY(BundleWriter::begin(medium_, name));
    for (std::size_t next = 0; next < receipts.size();) {
        std::int64_t bytes = 0;
        const auto items = [&]() -> base::Result<base::Bytes> {
            if (next == receipts.size() || bytes >= options_.object_bytes) return base::Bytes();
            base::Bytes item = encode_item(ItemKind::receipt, receipts[next++]);
            bytes += static_cast<std::int64_t>(item.size());
            return item;
        };
        const int number = static_cast<int>(index.objects.size()) + 1;
        index.objects.push_back(TRY(writer.write_object(index.id, Way::back, number, index.realm,
                                                        bundle.index.reply_to, suite, items)));
    }
    const auto key = TRY(keys_.receipt_key(suite, clock_.now()));
    const auto sealed = TRY(seal(index, key, bundle.index.reply_to));
    TRY_STATUS(writer.finish(sealed));
    if (!TRY(writer.wrong_when_read_again(sealed, index.objects, suite)).empty())
        return base::fail(FaultCode::MediumUnfit, "what was written reads otherwise");
    return {};
}

}  // namespace offline::courier
