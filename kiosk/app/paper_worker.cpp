#include "app/paper_worker.hpp"

#include "base/pulse.hpp"

#include <utility>

namespace app {

namespace {
// Sharp on the widest block of a page, readable when it is drawn twice as large, and small enough
// for a few pages in memory.
constexpr int looked_at_width_px = 1400;
}  // namespace

PaperWorker::PaperWorker(Inbox& inbox)
    : inbox_(inbox), thread_([this](std::stop_token stop) { work(stop); }) {}

void PaperWorker::draw(domain::Ticket ticket, Document document, bool copy, int slip_dots) {
    if (!orders_.push({ticket, std::move(document), false, copy, slip_dots}))
        inbox_.put(PaperDrawn{
            ticket, base::fail(base::FaultCode::PrinterFailed, "too many papers at once")});
}

void PaperWorker::picture(domain::Ticket ticket, documents::LetterDocument document) {
    if (!orders_.push({ticket, std::move(document), true, false, 0}))
        inbox_.put(PaperPictured{
            ticket, base::fail(base::FaultCode::InternalError, "too many papers at once")});
}

base::Result<drivers::PrintJob> PaperWorker::drawn(const Order& order) {
    if (const auto* letter = std::get_if<documents::LetterDocument>(&order.document)) {
        const auto pdf = TRY(documents::render_letter(*letter));
        return drivers::PrintJob{"letter", pdf.pages, pdf.bytes, order.copy, {}};
    }
    if (const auto* notice = std::get_if<documents::NoticeDocument>(&order.document)) {
        if (order.slip_dots > 0) {
            auto strip = TRY(documents::render_notice_slip(*notice, order.slip_dots));
            return drivers::PrintJob{"notice", 1, {}, order.copy, std::move(strip)};
        }
        const auto pdf = TRY(documents::render_notice(*notice));
        return drivers::PrintJob{"notice", pdf.pages, pdf.bytes, order.copy, {}};
    }
    const auto& receipt = std::get<documents::ReceiptDocument>(order.document);
    if (order.slip_dots > 0) {
        auto slip = TRY(documents::render_slip(receipt, order.slip_dots));
        return drivers::PrintJob{receipt.job, 1, {}, order.copy, std::move(slip)};
    }
    const auto pdf = TRY(documents::render_receipt(receipt));
    return drivers::PrintJob{receipt.job, pdf.pages, pdf.bytes, order.copy, {}};
}

void PaperWorker::work(std::stop_token stop) {
    const base::Pulse pulse("papers");
    while (auto order = orders_.pop(stop)) {
        if (order->to_look_at)
            inbox_.put(PaperPictured{
                order->ticket,
                documents::picture_letter(std::get<documents::LetterDocument>(order->document),
                                          looked_at_width_px)});
        else
            inbox_.put(PaperDrawn{order->ticket, drawn(*order)});
    }
}

}  // namespace app
