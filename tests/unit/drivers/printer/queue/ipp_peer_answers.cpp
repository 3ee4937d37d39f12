// What the peer says to each operation, and the paper it prints.
#include "ipp_peer.hpp"

#include <utility>

namespace drivers::printer::testing {

namespace {

void add(ipp_t* ipp, ipp_tag_t group, ipp_tag_t tag, const char* name, const std::string& value) {
    ippAddString(ipp, group, tag, name, nullptr, value.c_str());
}
void add_all(ipp_t* ipp, ipp_tag_t tag, const char* name, const std::vector<std::string>& values) {
    std::vector<const char*> raw;
    for (const auto& value : values) raw.push_back(value.c_str());
    ippAddStrings(ipp, IPP_TAG_PRINTER, tag, name, static_cast<int>(raw.size()), nullptr,
                  raw.data());
}
bool is_over(ipp_jstate_t state) {
    return state >= IPP_JSTATE_CANCELED;
}
std::string text_of(ipp_t* request, const char* name) {
    auto* at = ippFindAttribute(request, name, IPP_TAG_ZERO);
    const char* text = at == nullptr ? nullptr : ippGetString(at, 0, nullptr);
    return text == nullptr ? "" : text;
}
bool flag_of(ipp_t* request, const char* name) {
    auto* at = ippFindAttribute(request, name, IPP_TAG_BOOLEAN);
    return at != nullptr && ippGetBoolean(at, 0) != 0;
}

}  // namespace

ipp_t* IppPeer::answer(ipp_t* request, ipp_op_t operation, std::string document) {
    std::lock_guard lock(mutex_);
    auto* out = ippNewResponse(request);
    const auto say = [&](ipp_status_t status) { ippSetStatusCode(out, status); };
    auto* id_at = ippFindAttribute(request, "job-id", IPP_TAG_INTEGER);
    const int id = id_at == nullptr ? 0 : ippGetInteger(id_at, 0);
    const auto job = jobs_.find(id);
    const auto user = text_of(request, "requesting-user-name");
    switch (operation) {
        case IPP_OP_GET_PRINTER_ATTRIBUTES:
            describe_printer(out);
            return out;
        case IPP_OP_CREATE_JOB: {
            const bool held = text_of(request, "job-hold-until") == "indefinite";
            const Job made{text_of(request, "job-name"),
                           user,
                           held ? IPP_JSTATE_HELD : IPP_JSTATE_PENDING,
                           false,
                           0,
                           {},
                           0};
            ever_[next_job_] = jobs_[next_job_] = made;
            describe_job(out, next_job_, made);
            ++next_job_;
            return out;
        }
        case IPP_OP_GET_JOBS:
            for (auto& [number, one] : jobs_) {
                const bool all = text_of(request, "which-jobs") == "all";
                if (one.user != user || (!all && is_over(one.state))) continue;
                ippAddSeparator(out);
                describe_job(out, number, one);
            }
            return out;
        default:
            break;
    }
    if (job == jobs_.end()) {
        say(IPP_STATUS_ERROR_NOT_FOUND);
        return out;
    }
    switch (operation) {
        case IPP_OP_SEND_DOCUMENT:
            job->second.document = ever_[id].document = std::move(document);
            break;
        case IPP_OP_RELEASE_JOB:
            if (job->second.state == IPP_JSTATE_HELD)
                job->second.state = IPP_JSTATE_PENDING;
            else
                say(IPP_STATUS_ERROR_NOT_POSSIBLE);
            break;
        case IPP_OP_GET_JOB_ATTRIBUTES:
            print_a_side(id, job->second);
            describe_job(out, id, job->second);
            if (is_over(job->second.state) && !conduct_.remembers) jobs_.erase(job);
            break;
        case IPP_OP_CANCEL_JOB:
            say(cancel(id, flag_of(request, "purge-job")));
            break;
        default:
            say(IPP_STATUS_ERROR_OPERATION_NOT_SUPPORTED);
    }
    return out;
}

void IppPeer::describe_printer(ipp_t* out) const {
    ippAddInteger(out, IPP_TAG_PRINTER, IPP_TAG_ENUM, "printer-state", conduct_.state);
    ippAddBoolean(out, IPP_TAG_PRINTER, "printer-is-accepting-jobs", conduct_.accepting ? 1 : 0);
    add_all(out, IPP_TAG_KEYWORD, "printer-state-reasons",
            conduct_.reasons.empty() ? std::vector<std::string>{"none"} : conduct_.reasons);
    add(out, IPP_TAG_PRINTER, IPP_TAG_MIMETYPE, "document-format-supported", "application/pdf");
    std::vector<int> operations{IPP_OP_CREATE_JOB, IPP_OP_SEND_DOCUMENT, IPP_OP_CANCEL_JOB};
    if (conduct_.spooler) {
        operations.push_back(IPP_OP_HOLD_JOB);
        operations.push_back(IPP_OP_RELEASE_JOB);
        add(out, IPP_TAG_PRINTER, IPP_TAG_NAME, "printer-error-policy", conduct_.error_policy);
        // What lies behind it is itself, asked as a printer.
        add(out, IPP_TAG_PRINTER, IPP_TAG_URI, "device-uri", uri());
    }
    ippAddIntegers(out, IPP_TAG_PRINTER, IPP_TAG_ENUM, "operations-supported",
                   static_cast<int>(operations.size()), operations.data());
}

void IppPeer::describe_job(ipp_t* out, int id, const Job& job) const {
    ippAddInteger(out, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-id", id);
    ippAddInteger(out, IPP_TAG_JOB, IPP_TAG_ENUM, "job-state", job.state);
    if (conduct_.counts)
        ippAddInteger(out, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-impressions-completed",
                      job.completed);
    if (job.started)
        ippAddInteger(out, IPP_TAG_JOB, IPP_TAG_INTEGER, "time-at-processing", job.started_at);
    else
        ippAddOutOfBand(out, IPP_TAG_JOB, IPP_TAG_NOVALUE, "time-at-processing");
}

void IppPeer::print_a_side(int id, Job& job) {
    if (job.state == IPP_JSTATE_PENDING && !job.document.empty()) {
        job.state = IPP_JSTATE_PROCESSING;
        job.started = true;
        job.started_at = ++starts_;
        return;
    }
    if (job.state != IPP_JSTATE_PROCESSING) return;
    if (job.completed >= conduct_.pages) {
        job.state = IPP_JSTATE_COMPLETED;
    } else if (job.completed < conduct_.sides_until_it_waits) {
        ++job.completed;
        sides_.push_back(id);
    } else if (conduct_.gives_up_as) {
        job.state = *conduct_.gives_up_as;
    }
}

ipp_status_t IppPeer::cancel(int id, bool purge) {
    auto& job = jobs_.at(id);
    const bool at_the_printer = job.state == IPP_JSTATE_PROCESSING;
    if (is_over(job.state) && !(purge && conduct_.spooler)) return IPP_STATUS_ERROR_NOT_POSSIBLE;
    job.state = IPP_JSTATE_CANCELED;
    // Like cupsd: one at the printer is ended first, and forgotten the next time.
    if ((purge && !at_the_printer) || !conduct_.remembers) jobs_.erase(id);
    return IPP_STATUS_OK;
}

}  // namespace drivers::printer::testing
