#include "tests/power_loss/cuts/outbox_workload.hpp"

namespace power_loss {

namespace {

using namespace offline;

constexpr std::int64_t quota = 64 << 20;

sealing::SigningKey key_of(std::uint8_t fill) {
    sealing::SecretBytes secret(base::Bytes(32, fill));
    return sealing::SigningKey::from_secret(sealing::SuiteId::one, std::move(secret)).value();
}

}  // namespace

base::Instant the_start() {
    return base::Instant{base::Millis{1795311660000}};  // 2026-11-22T09:41:00+08:00
}

outbox::Terminal the_terminal() {
    static const auto root = key_of(1);
    static const auto key = key_of(2);
    static const auto certificate =
        sealing::TerminalCertificate::issue(root, domain::Realm::training, "000101001001001",
                                            key.public_key())
            .value();
    return {certificate, key};
}

const sealing::SigningKey& the_centres_key() {
    static const auto key = key_of(3);
    return key;
}

base::Result<outbox::Outbox> open_outbox(RecordingDisk& disk, const base::Clock& clock,
                                         std::int64_t ballast) {
    outbox::OutboxOptions options{outbox_folder, quota, &disk};
    options.ballast_bytes = ballast;
    options.inline_bytes_max = inline_most;
    options.ceiling_block = 16;
    options.draw = [&disk] {
        std::array<std::uint8_t, 16> out{};
        for (auto& byte : out) byte = static_cast<std::uint8_t>(disk.random());
        return out;
    };
    return outbox::Outbox::open(std::move(options), the_terminal(), clock);
}

outbox::Acceptance an_acceptance(Random& random, std::size_t padded) {
    outbox::Acceptance out;
    for (auto& byte : out.sub_id.bytes) byte = static_cast<std::uint8_t>(random());
    out.item_code = "990511001000";
    out.item_version = 3;
    out.captured_at = the_start();
    // The head in the clear, then what for the post is noise: wrapped key, nonce, content, tag.
    out.envelope = base::to_bytes("CWE1");
    out.envelope.push_back(1);
    out.envelope.push_back(static_cast<std::uint8_t>(domain::Realm::training));
    out.envelope.resize(14 + 80 + 24 + padded + 16);
    for (std::size_t at = 6; at < out.envelope.size(); ++at)
        out.envelope[at] = static_cast<std::uint8_t>(random());
    return out;
}

base::Bytes noise(Random& random, std::size_t size) {
    base::Bytes out(size);
    for (auto& byte : out) byte = static_cast<std::uint8_t>(random());
    return out;
}

base::Result<domain::LocalReceipt> hand_in(outbox::Outbox& box, const Item& item) {
    for (std::size_t i = 0; i < item.attachments.size(); ++i) {
        auto writer = TRY(
            box.begin_attachment(item.acceptance.sub_id, item.acceptance.attachments[i], "photo"));
        const base::ByteView all = item.attachments[i];
        const std::size_t half = all.size() / 2;
        TRY_STATUS(writer.append(all.first(half)));
        TRY_STATUS(writer.append(all.subspan(half)));
        TRY(writer.finish());
    }
    return box.accept(item.acceptance);
}

OutboxWorkload::OutboxWorkload(RecordingDisk& disk, std::uint64_t seed)
    : disk_(disk), random_(seed), clock_(the_start()) {
    seed_sqlite(seed);
}

const OutboxWorkload::Work OutboxWorkload::table[] = {
    {7, &OutboxWorkload::accept_one},      {3, &OutboxWorkload::accept_with_attachments},
    {1, &OutboxWorkload::accept_again},    {1, &OutboxWorkload::leave_a_session},
    {10, &OutboxWorkload::take_receipt},   {1, &OutboxWorkload::take_refusal},
    {2, &OutboxWorkload::fail_a_delivery}, {1, &OutboxWorkload::acknowledge_a_slice},
    {3, &OutboxWorkload::show_a_slip},     {2, &OutboxWorkload::checkpoint_now},
    {1, &OutboxWorkload::start_again},
};

base::Status OutboxWorkload::run(int steps) {
    TRY_STATUS(open());
    int all = 0;
    for (const Work& work : table) all += work.weight;
    for (int i = 0; i < steps && outbox_; ++i) {
        clock_.forward(base::Millis{1000});
        auto drawn = static_cast<int>(random_() % static_cast<std::uint64_t>(all));
        for (const Work& work : table) {
            drawn -= work.weight;
            if (drawn >= 0) continue;
            (this->*work.play)();
            break;
        }
    }
    close();
    return {};
}

base::Status OutboxWorkload::open(std::int64_t ballast) {
    outbox_.emplace(TRY(open_outbox(disk_, clock_, ballast)));
    return {};
}

std::size_t OutboxWorkload::begin(Event event, std::size_t item) {
    history_.steps.push_back({event, item, false});
    disk_.mark(History::asked(history_.steps.size() - 1));
    return history_.steps.size() - 1;
}

bool OutboxWorkload::end(std::size_t step, bool promised) {
    history_.steps[step].promised = promised;
    disk_.mark(History::answered(step));
    if (promised && history_.steps[step].event != Event::shown)
        reached_[history_.steps[step].item] = history_.steps[step].event;
    return promised;
}

bool OutboxWorkload::accept(std::size_t padded, const std::vector<std::size_t>& attachments) {
    history_.items.push_back({an_acceptance(random_, padded), {}, {}, {}, {}});
    for (const std::size_t size : attachments) {
        auto& id = history_.items.back().acceptance.attachments.emplace_back();
        for (auto& byte : id) byte = static_cast<std::uint8_t>(random_());
        history_.items.back().attachments.push_back(noise(random_, size));
    }
    reached_.push_back(Event::kept);
    const std::size_t item = history_.items.size() - 1;
    const std::size_t step = begin(Event::kept, item);
    const auto slip = hand_in(*outbox_, history_.items[item]);
    if (slip) history_.items[item].slip = *slip;
    return end(step, slip.has_value());
}

void OutboxWorkload::accept_one() {
    accept(std::size_t{1024} << random_() % 5);
}

void OutboxWorkload::accept_with_attachments() {
    std::vector<std::size_t> sizes(1 + random_() % 3);
    for (auto& size : sizes) size = 500 + random_() % (2 * inline_most);
    accept(1024, sizes);
}

// A citizen who goes away while something is captured, and one who goes before the last tap.
void OutboxWorkload::leave_a_session() {
    const auto given = an_acceptance(random_, 1024);
    [[maybe_unused]] const auto reserved = outbox_->reserve(given.sub_id, 100'000);
    for (std::uint8_t n = 1; n <= 2; ++n) {
        const auto size = static_cast<std::size_t>(inline_most) + 1000;
        auto writer = outbox_->begin_attachment(given.sub_id, {n}, "photo");
        if (!writer || !writer->append(noise(random_, size)) || n == 2) continue;
        [[maybe_unused]] const auto finished = writer->finish();
    }
    outbox_->abandon(given.sub_id);
}

void OutboxWorkload::acknowledge_a_slice() {
    const auto item = any_item([](const Item& one, Event reached) {
        return reached < Event::refused && !one.attachments.empty();
    });
    if (item) [[maybe_unused]]
        const auto noted =
            outbox_->attachment_acked(history_.items[*item].acceptance.attachments[0], 512);
}

std::optional<std::size_t> OutboxWorkload::any_item(bool (*wanted)(const Item&, Event)) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < history_.items.size(); ++i)
        if (history_.items[i].slip && wanted(history_.items[i], reached_[i])) found.push_back(i);
    if (found.empty()) return {};
    return found[random_() % found.size()];
}

// The answer was lost on its way to the app, so the app asks again with the same number.
void OutboxWorkload::accept_again() {
    const auto item = any_item([](const Item&, Event) { return true; });
    if (!item) return;
    const auto again = hand_in(*outbox_, history_.items[*item]);
    if (again && *again != *history_.items[*item].slip)
        history_.broken = "asked again, another slip was given";
}

bool OutboxWorkload::take(std::size_t number, papers::ReceiptKind kind) {
    Item& item = history_.items[number];
    const auto parcel = outbox_->parcel(item.slip->seq);
    if (!parcel || !*parcel) return false;
    const auto terminal = the_terminal();
    papers::CentreReceipt receipt;
    receipt.kind = kind;
    receipt.realm = terminal.certificate.realm;
    receipt.terminal = terminal.certificate.terminal;
    receipt.epoch = (*parcel)->epoch;
    receipt.seq = item.slip->seq;
    receipt.sub_id = item.acceptance.sub_id;
    receipt.manifest_digest = (*parcel)->manifest_digest;
    receipt.server_time = the_start();  // the centre repeats itself byte for byte
    receipt.serial = item.slip->seq;
    if (kind == papers::ReceiptKind::r2)
        receipt.case_number = item.case_number = "CASE" + std::to_string(item.slip->seq);
    if (kind == papers::ReceiptKind::refused) receipt.reason = "malformed";
    const base::Bytes bytes = receipt.sign(the_centres_key()).value();
    if (kind == papers::ReceiptKind::r2) item.receipt2 = bytes;
    const std::size_t step = begin(kind == papers::ReceiptKind::r1   ? Event::sent
                                   : kind == papers::ReceiptKind::r2 ? Event::complete
                                                                     : Event::refused,
                                   number);
    return end(step, outbox_->store_receipt(receipt, bytes).has_value());
}

void OutboxWorkload::take_receipt() {
    const auto item = any_item([](const Item&, Event reached) {
        return reached == Event::kept || reached == Event::sent;
    });
    if (item)
        take(*item,
             reached_[*item] == Event::kept ? papers::ReceiptKind::r1 : papers::ReceiptKind::r2);
}

void OutboxWorkload::take_refusal() {
    const auto item = any_item([](const Item&, Event reached) { return reached == Event::kept; });
    if (item) take(*item, papers::ReceiptKind::refused);
}

void OutboxWorkload::fail_a_delivery() {
    const auto item =
        any_item([](const Item&, Event reached) { return reached < Event::complete; });
    if (item) [[maybe_unused]]
        const auto written = outbox_->attempt_failed(history_.items[*item].slip->seq,
                                                     base::FaultCode::NetworkUnreachable);
}

void OutboxWorkload::show_a_slip() {
    const auto item = any_item([](const Item&, Event) { return true; });
    if (!item) return;
    const std::size_t step = begin(Event::shown, *item);
    end(step, outbox_->receipt_shown(history_.items[*item].slip->local_number).has_value());
}

// Sooner than it would be due, so that short workloads have many.
void OutboxWorkload::checkpoint_now() {
    [[maybe_unused]] const auto done = outbox_->checkpoint_when_due(1);
}

void OutboxWorkload::start_again() {
    close();
    [[maybe_unused]] const auto opened = open();  // not: the rest of the steps fall away
}

}  // namespace power_loss
