#include "offline/post/post_client.hpp"

#include "offline/post/post_client_impl.hpp"

namespace offline::post {

namespace {

using base::Millis;

// An accept or a look-up is answered at once by a living post; a question goes to the centre and
// back, an attachment is flushed first.
constexpr Millis local_limit{5000};
constexpr Millis question_limit{20000};
constexpr Millis attachment_limit{20000};
// A whole outbox on a slow stick, written and read again.
constexpr Millis courier_limit{30 * 60'000};

}  // namespace

PostClient::PostClient(ClientOptions options, PostSink sink)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(sink))) {}
PostClient::~PostClient() = default;

void PostClient::reserve(domain::Ticket ticket, domain::SubId sub_id, std::int64_t bytes) {
    impl_->put([=, until = impl_->from_now(local_limit)](Impl& impl) {
        impl.reserve(ticket, sub_id, bytes, until);
    });
}

void PostClient::begin_attachment(domain::Ticket ticket, domain::SubId sub_id, AttachmentId id,
                                  std::string kind) {
    impl_->put([=, kind = std::move(kind)](Impl& impl) {
        impl.begin_attachment(ticket, sub_id, id, kind);
    });
}

void PostClient::append_attachment(domain::SubId sub_id, AttachmentId id, base::Bytes sealed) {
    impl_->put([=, sealed = std::move(sealed)](Impl& impl) mutable {
        impl.with(sub_id, [&](Unfinished& unfinished) {
            impl.tell(unfinished.append(id, std::move(sealed)));
        });
    });
}

void PostClient::finish_attachment(domain::SubId sub_id, AttachmentId id) {
    impl_->put([=, until = impl_->from_now(attachment_limit)](Impl& impl) {
        impl.with(sub_id, [&](Unfinished& unfinished) { unfinished.finish(id, until); });
    });
}

void PostClient::abandon(domain::SubId sub_id) {
    impl_->put([=](Impl& impl) { impl.abandon(sub_id); });
}

void PostClient::accept(domain::Ticket ticket, AcceptRequest request) {
    const auto limit = request.attachments.empty() ? local_limit : attachment_limit;
    message::Accept message{0,
                            request.sub_id,
                            std::move(request.item_code),
                            request.item_version,
                            request.captured_at,
                            std::move(request.envelope),
                            std::move(request.attachments),
                            request.lane,
                            request.amends,
                            request.key_set};
    impl_->put_request(std::move(message), ticket, limit);
}

void PostClient::ask_stock(domain::Ticket ticket) {
    impl_->put_request(message::StockAsked{}, ticket, local_limit);
}

void PostClient::courier(domain::Ticket ticket, domain::CourierWork work) {
    impl_->put_request(message::CourierBegin{0, work}, ticket, courier_limit);
}

void PostClient::look_up(domain::Ticket ticket, std::string receipt_code) {
    impl_->put_request(message::LookUp{0, std::move(receipt_code)}, ticket, local_limit);
}

std::string_view name(QuestionKind kind) {
    switch (kind) {
        case QuestionKind::progress:
            return "progress";
        case QuestionKind::certificate:
            return "certificate";
        case QuestionKind::fee:
            return "fee";
        case QuestionKind::draft:
            return "draft";
        case QuestionKind::proof:
            return "proof";
        case QuestionKind::booking:
            return "booking";
        case QuestionKind::payment:
            return "payment";
        case QuestionKind::reply:
            return "reply";
    }
    return {};
}

void PostClient::ask(domain::Ticket ticket, QuestionKind kind, base::Bytes sealed_question) {
    impl_->put_request(message::Ask{0, std::string(name(kind)), std::move(sealed_question)}, ticket,
                       question_limit);
}

void PostClient::receipt_shown(std::string local_number) {
    impl_->put_request(message::ReceiptShown{std::move(local_number)}, std::nullopt, local_limit);
}

void PostClient::report(domain::AppReport report) {
    impl_->put([report = std::move(report)](Impl& impl) { impl.report(report); });
}

void PostClient::command_done(std::int64_t serial, std::string outcome) {
    impl_->put_request(message::CommandDone{serial, std::move(outcome)}, std::nullopt, local_limit);
}

void PostClient::nudge() {
    impl_->put_request(message::Nudge{}, std::nullopt, local_limit);
}

}  // namespace offline::post
