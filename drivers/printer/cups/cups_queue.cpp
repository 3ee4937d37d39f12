#include "drivers/printer/cups/cups_queue.hpp"

#include "drivers/printer/cups/ipp_reading.hpp"
#include "drivers/printer/queue/printer_reasons.hpp"

#include <cups/cups.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <string_view>
#include <utility>

namespace drivers::printer {

namespace {

using base::FaultCode;
using Kind = QueueTrouble::Kind;

constexpr const char* our_user = "citizen-window";
constexpr int connect_limit_ms = 3000;
// libcups asks after each such moment of silence whether to go on waiting.
constexpr double silence_s = 0.25;
constexpr int most_silences = 20;

struct CloseHttp {
    void operator()(http_t* http) const { httpClose(http); }
};
struct DeleteIpp {
    void operator()(ipp_t* ipp) const { ippDelete(ipp); }
};
using Http = std::unique_ptr<http_t, CloseHttp>;
using Ipp = std::unique_ptr<ipp_t, DeleteIpp>;

tl::unexpected<QueueTrouble> trouble(Kind kind, FaultCode code, std::string_view detail) {
    return tl::unexpected(QueueTrouble{kind, {code, safe_keyword(detail)}});
}

struct Silence {
    const std::atomic<bool>& interrupted;
    int moments = 0;
};
int go_on_waiting(http_t*, void* data) {
    auto& silence = *static_cast<Silence*>(data);
    return !silence.interrupted && ++silence.moments < most_silences ? 1 : 0;
}
const char* no_password(const char*, http_t*, const char*, const char*, void*) {
    return nullptr;
}

// One exchange's line and where it leads.
struct Way {
    std::string host;
    int port;
    bool encrypted;
    std::string resource, uri;
};

std::optional<Way> way_to(const domain::PrintQueueAddress& address) {
    Way way{address.host, address.port, address.encrypted, address.resource, {}};
    if (way.host.empty()) {
        way.host = cupsServer();
        way.port = ippPort();
        // CUPS_SERVER and client.conf may name another machine; the app has no network.
        const bool local = way.host.starts_with("/") || way.host == "localhost" ||
                           way.host == "127.0.0.1" || way.host == "::1";
        if (!local) return std::nullopt;
    }
    if (way.host == "[::1]") way.host = "::1";
    const auto named = way.host.starts_with("/") ? "localhost"
                       : address.host.empty()    ? way.host
                                                 : address.host;
    way.uri = (way.encrypted ? "ipps://" : "ipp://") + named + ":" + std::to_string(way.port) +
              way.resource;
    return way;
}

class CupsQueue final : public PrintQueue {
  public:
    explicit CupsQueue(domain::PrintQueueAddress address) : address_(std::move(address)) {}

    Asked<PrinterView> look_at_printer() override;
    Asked<int> create_job(const std::string& name, bool held) override;
    Asked<void> send_pdf(int job, base::ByteView pdf) override;
    Asked<void> release(int job) override;
    Asked<std::optional<JobView>> look_at_job(int job) override;
    Asked<void> purge(int job) override;
    Asked<std::vector<JobView>> our_jobs() override;
    void interrupt() override { interrupted_ = true; }

  private:
    struct Answer {
        Ipp ipp;
        ipp_status_t status;
    };

    Asked<Way> way() const;
    Ipp request(ipp_op_t operation, const Way& way, int job = 0) const;
    // The answer whatever its status; trouble when there is none.
    Asked<Answer> ask(const Way& way, Ipp request, base::ByteView pdf = {}) const;
    // An answer that says yes.
    Asked<Ipp> agreed(const Way& way, Ipp request, base::ByteView pdf = {}) const;
    Asked<PrinterView> look_at(const Way& way) const;

    const domain::PrintQueueAddress address_;
    std::atomic<bool> interrupted_{false};
    bool spooler_ = false;
};

template <std::size_t N>
void want(ipp_t* request, const std::array<const char*, N>& attributes) {
    ippAddStrings(request, IPP_TAG_OPERATION, IPP_CONST_TAG(IPP_TAG_KEYWORD),
                  "requested-attributes", static_cast<int>(N), nullptr, attributes.data());
}
void add(ipp_t* request, ipp_tag_t group, ipp_tag_t tag, const char* name, const char* value) {
    ippAddString(request, group, tag, name, nullptr, value);
}

Asked<Way> CupsQueue::way() const {
    cupsSetPasswordCB2(no_password, nullptr);  // libcups keeps it per thread
    auto way = way_to(address_);
    if (!way)
        return trouble(Kind::unreached, FaultCode::PrinterSetUpWrong, "cups-server-not-local");
    return std::move(*way);
}

Ipp CupsQueue::request(ipp_op_t operation, const Way& way, int job) const {
    Ipp request(ippNewRequest(operation));
    add(request.get(), IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", way.uri.c_str());
    if (job != 0) ippAddInteger(request.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job);
    add(request.get(), IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", our_user);
    return request;
}

Asked<CupsQueue::Answer> CupsQueue::ask(const Way& way, Ipp request, base::ByteView pdf) const {
    const Http http(
        httpConnect2(way.host.c_str(), way.port, nullptr, AF_UNSPEC,
                     way.encrypted ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED, 1,
                     connect_limit_ms, nullptr));
    if (!http) return trouble(Kind::unreached, FaultCode::PrinterAbsent, "no-connection");
    Silence silence{interrupted_};
    httpSetTimeout(http.get(), silence_s, go_on_waiting, &silence);

    const auto lost = [&] {
        const auto status = httpGetStatus(http.get());
        if (status >= HTTP_STATUS_BAD_REQUEST)
            return trouble(Kind::refused, FaultCode::PrinterFailed,
                           "http-" + std::to_string(static_cast<int>(status)));
        return trouble(Kind::lost, FaultCode::PrinterAbsent, "line-lost");
    };
    auto status = cupsSendRequest(http.get(), request.get(), way.resource.c_str(),
                                  ippLength(request.get()) + pdf.size());
    constexpr std::size_t piece = 16384;
    while (!pdf.empty() && status == HTTP_STATUS_CONTINUE) {
        const auto now = pdf.first(std::min(piece, pdf.size()));
        status =
            cupsWriteRequestData(http.get(), reinterpret_cast<const char*>(now.data()), now.size());
        pdf = pdf.subspan(now.size());
    }
    if (status != HTTP_STATUS_CONTINUE && status != HTTP_STATUS_OK) return lost();
    Ipp answer(cupsGetResponse(http.get(), way.resource.c_str()));
    if (!answer) return lost();
    const auto said = ippGetStatusCode(answer.get());
    return Answer{std::move(answer), said};
}

Asked<Ipp> CupsQueue::agreed(const Way& way, Ipp request, base::ByteView pdf) const {
    auto answer = ask(way, std::move(request), pdf);
    if (!answer) return tl::unexpected(std::move(answer).error());
    if (answer->status < IPP_STATUS_REDIRECTION_OTHER_SITE) return std::move(answer->ipp);
    const bool unknown = answer->status == IPP_STATUS_ERROR_NOT_FOUND;
    return trouble(Kind::refused, unknown ? FaultCode::PrinterSetUpWrong : FaultCode::PrinterFailed,
                   ippErrorString(answer->status));
}

Asked<PrinterView> CupsQueue::look_at(const Way& way) const {
    auto request = this->request(IPP_OP_GET_PRINTER_ATTRIBUTES, way);
    want(request.get(), printer_attributes);
    auto answer = agreed(way, std::move(request));
    if (!answer) return tl::unexpected(std::move(answer).error());
    return read_printer(answer->get());
}

Asked<PrinterView> CupsQueue::look_at_printer() {
    const auto here = way();
    if (!here) return tl::unexpected(here.error());
    auto queue = look_at(*here);
    if (!queue) return queue;
    spooler_ = !queue->error_policy.empty();
    if (!spooler_) {
        queue->fresh = true;
        return queue;
    }
    // The spooler asks its printer only while it prints; a printer of this machine we ask
    // ourselves.
    const auto behind = domain::print_queue_address(queue->device_uri);
    if (!behind || behind->host.empty()) return queue;
    const auto there = way_to(*behind);
    const auto printer = there ? look_at(*there) : tl::unexpected(QueueTrouble{});
    if (printer) return joined(std::move(*queue), *printer);
    // Some answer nobody else while they print; then the spooler's word is of this moment.
    if (queue->state == PrinterState::processing) return queue;
    queue->reasons.push_back("offline-error");
    queue->fresh = true;
    return queue;
}

Asked<int> CupsQueue::create_job(const std::string& name, bool held) {
    const auto here = way();
    if (!here) return tl::unexpected(here.error());
    auto request = this->request(IPP_OP_CREATE_JOB, *here);
    auto* const raw = request.get();
    add(raw, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", name.c_str());
    if (held) {
        add(raw, IPP_TAG_JOB, IPP_TAG_KEYWORD, "job-hold-until", "indefinite");
        add(raw, IPP_TAG_JOB, IPP_TAG_NAME, "job-sheets", "none");  // no banner pages
    }
    ippAddInteger(raw, IPP_TAG_JOB, IPP_TAG_INTEGER, "copies", 1);
    add(raw, IPP_TAG_JOB, IPP_TAG_KEYWORD, "media", "iso_a4_210x297mm");
    add(raw, IPP_TAG_JOB, IPP_TAG_KEYWORD, "sides", "one-sided");  // a side is a sheet
    const auto answer = agreed(*here, std::move(request));
    if (!answer) return tl::unexpected(answer.error());
    const auto jobs = read_jobs(answer->get());
    if (jobs.size() != 1 || jobs.front().id < 1)
        return trouble(Kind::lost, FaultCode::PrinterFailed, "no-job-id");
    return jobs.front().id;
}

Asked<void> CupsQueue::send_pdf(int job, base::ByteView pdf) {
    const auto here = way();
    if (!here) return tl::unexpected(here.error());
    auto request = this->request(IPP_OP_SEND_DOCUMENT, *here, job);
    add(request.get(), IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", "application/pdf");
    ippAddBoolean(request.get(), IPP_TAG_OPERATION, "last-document", 1);
    const auto answer = agreed(*here, std::move(request), pdf);
    if (!answer) return tl::unexpected(answer.error());
    return {};
}

Asked<void> CupsQueue::release(int job) {
    const auto here = way();
    if (!here) return tl::unexpected(here.error());
    const auto answer = agreed(*here, request(IPP_OP_RELEASE_JOB, *here, job));
    if (!answer) return tl::unexpected(answer.error());
    return {};
}

Asked<std::optional<JobView>> CupsQueue::look_at_job(int job) {
    const auto here = way();
    if (!here) return tl::unexpected(here.error());
    auto request = this->request(IPP_OP_GET_JOB_ATTRIBUTES, *here, job);
    want(request.get(), job_attributes);
    const auto answer = ask(*here, std::move(request));
    if (!answer) return tl::unexpected(answer.error());
    if (answer->status == IPP_STATUS_ERROR_NOT_FOUND || answer->status == IPP_STATUS_ERROR_GONE)
        return std::optional<JobView>{};
    const auto jobs = read_jobs(answer->ipp.get());
    if (answer->status >= IPP_STATUS_REDIRECTION_OTHER_SITE || jobs.size() != 1)
        return trouble(Kind::refused, FaultCode::PrinterFailed, ippErrorString(answer->status));
    return std::optional(jobs.front());
}

Asked<void> CupsQueue::purge(int job) {
    const auto here = way();
    if (!here) return tl::unexpected(here.error());
    auto request = this->request(IPP_OP_CANCEL_JOB, *here, job);
    if (spooler_) ippAddBoolean(request.get(), IPP_TAG_OPERATION, "purge-job", 1);
    const auto answer = ask(*here, std::move(request));
    if (!answer) return tl::unexpected(answer.error());
    const auto status = answer->status;
    if (status < IPP_STATUS_REDIRECTION_OTHER_SITE || status == IPP_STATUS_ERROR_NOT_FOUND ||
        status == IPP_STATUS_ERROR_GONE || (status == IPP_STATUS_ERROR_NOT_POSSIBLE && !spooler_))
        return {};
    return trouble(Kind::refused, FaultCode::PrinterFailed, ippErrorString(status));
}

Asked<std::vector<JobView>> CupsQueue::our_jobs() {
    const auto here = way();
    if (!here) return tl::unexpected(here.error());
    auto request = this->request(IPP_OP_GET_JOBS, *here);
    add(request.get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs",
        spooler_ ? "all" : "not-completed");
    ippAddBoolean(request.get(), IPP_TAG_OPERATION, "my-jobs", 1);
    want(request.get(), job_attributes);
    const auto answer = agreed(*here, std::move(request));
    if (!answer) return tl::unexpected(answer.error());
    return read_jobs(answer->get());
}

}  // namespace

std::unique_ptr<PrintQueue> make_cups_queue(domain::PrintQueueAddress address) {
    return std::make_unique<CupsQueue>(std::move(address));
}

}  // namespace drivers::printer
