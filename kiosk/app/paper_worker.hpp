// Draws papers off the main thread (fonts take their time) and puts them into the inbox, ready to
// print.
#pragma once

#include "app/inbox.hpp"
#include "documents/documents.hpp"

#include <thread>
#include <variant>

namespace app {

class PaperWorker {
  public:
    explicit PaperWorker(Inbox& inbox);

    using Document = std::variant<documents::ReceiptDocument, documents::LetterDocument,
                                  documents::NoticeDocument>;
    // Main thread; ends in exactly one PaperDrawn.
    // `copy`: marked on it as a copy of one that was printed before. `slip_dots`: a receipt or a
    // notice for a receipt printer, so wide; 0 = a PDF.
    void draw(domain::Ticket ticket, Document document, bool copy = false, int slip_dots = 0);
    // The letter's pages to look at; ends in exactly one PaperPictured.
    void picture(domain::Ticket ticket, documents::LetterDocument document);

  private:
    struct Order {
        domain::Ticket ticket;
        Document document;
        bool to_look_at = false;
        bool copy = false;
        int slip_dots = 0;
    };
    static base::Result<drivers::PrintJob> drawn(const Order& order);
    void work(std::stop_token stop);

    Inbox& inbox_;
    base::BoundedQueue<Order> orders_{4};
    std::jthread thread_;
};

}  // namespace app
