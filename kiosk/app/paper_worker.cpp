#include "app/paper_worker.hpp"

namespace app {

namespace {
// Sharp on the widest block of a page, readable when it is drawn twice as large, and small enough
// for a few pages in memory.
constexpr int looked_at_width_px = 1400;
}  // namespace

PaperWorker::PaperWorker(Inbox& inbox)
    : inbox_(inbox), thread_([this](std::stop_token stop) { work(stop); }) {}

void PaperWorker::draw(domain::Ticket ticket, Document document, bool copy) {
    if (!orders_.push({ticket, std::move(document), false, copy}))
        inbox_.put(PaperDrawn{
            ticket, base::fail(base::FaultCode::PrinterFailed, "too many papers at once")});
}

void PaperWorker::picture(domain::Ticket ticket, documents::LetterDocument document) {
    if (!orders_.push({ticket, std::move(document), true, false}))
        inbox_.put(PaperPictured{
            ticket, base::fail(base::FaultCode::InternalError, "too many papers at once")});
}

void PaperWorker::work(std::stop_token stop) {
    while (auto order = orders_.pop(stop)) {
        if (order->to_look_at) {
            inbox_.put(PaperPictured{
                order->ticket,
                documents::picture_letter(std::get<documents::LetterDocument>(order->document),
                                          looked_at_width_px)});
            continue;
        }
        const bool receipt = std::holds_alternative<documents::ReceiptDocument>(order->document);
        auto pdf =
            receipt
                ? documents::render_receipt(std::get<documents::ReceiptDocument>(order->document))
                : documents::render_letter(std::get<documents::LetterDocument>(order->document));
        if (pdf)
            inbox_.put(
                PaperDrawn{order->ticket, drivers::PrintJob{receipt ? "receipt" : "letter",
                                                            pdf->pages, pdf->bytes, order->copy}});
        else
            inbox_.put(PaperDrawn{order->ticket, base::fail(std::move(pdf).error())});
    }
}

}  // namespace app
