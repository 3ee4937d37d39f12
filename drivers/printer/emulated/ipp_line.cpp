#include "drivers/printer/emulated/ipp_line.hpp"

#include <array>
#include <cstring>
#include <string_view>
#include <vector>

namespace drivers::printer {

namespace {

constexpr std::size_t most_document_bytes = std::size_t{32} << 20;
constexpr std::size_t most_attribute_bytes = std::size_t{256} << 10;
// libcups asks after each such moment of silence whether to go on waiting.
constexpr double silence_s = 0.1;
constexpr int most_silences = 20;
constexpr int most_empty_lines = 16;

struct Attributes {
    http_t* http;
    std::size_t room = most_attribute_bytes;
};
// libcups wants all it asked for, or nothing.
ssize_t read_some(void* context, ipp_uchar_t* to, std::size_t size) {
    auto& from = *static_cast<Attributes*>(context);
    if (size > from.room) return -1;
    from.room -= size;
    std::size_t have = 0;
    while (have < size) {
        const auto got = httpRead2(from.http, reinterpret_cast<char*>(to) + have, size - have);
        if (got <= 0) return got;
        have += static_cast<std::size_t>(got);
    }
    return static_cast<ssize_t>(have);
}

}  // namespace

IppLine::IppLine(int listener, const std::atomic<bool>& ends)
    : silence_{ends}, http_(httpAcceptConnection(listener, 1)) {
    if (http_) httpSetTimeout(http_.get(), silence_s, go_on_waiting, &silence_);
}

int IppLine::descriptor() const {
    return http_ ? httpGetFd(http_.get()) : -1;
}

int IppLine::go_on_waiting(http_t*, void* silence) {
    auto& waited = *static_cast<Silence*>(silence);
    return !waited.ends && ++waited.moments < most_silences ? 1 : 0;
}

void IppLine::exchange(const Answerer& answer) {
    if (!http_) return;
    if (const auto status = read_head(); status != HTTP_STATUS_OK) return refuse(status);
    if (httpGetExpect(http_.get()) == HTTP_STATUS_CONTINUE)
        httpWriteResponse(http_.get(), HTTP_STATUS_CONTINUE);
    const OwnedIpp request(ippNew());
    if (!read_attributes(request.get())) return refuse(HTTP_STATUS_BAD_REQUEST);
    send(answer(request.get(), read_document()));
}

// The status to refuse with; OK = a request of IPP follows.
http_status_t IppLine::read_head() {
    auto* const http = http_.get();
    std::array<char, HTTP_MAX_URI> resource{};
    auto state = HTTP_STATE_WAITING;
    for (int line = 0; state == HTTP_STATE_WAITING; ++line) {
        if (line >= most_empty_lines) return HTTP_STATUS_BAD_REQUEST;
        state = httpReadRequest(http, resource.data(), resource.size());
    }
    if (state == HTTP_STATE_UNKNOWN_VERSION) return HTTP_STATUS_NOT_SUPPORTED;
    if (state == HTTP_STATE_ERROR || state == HTTP_STATE_UNKNOWN_METHOD)
        return HTTP_STATUS_BAD_REQUEST;
    http_status_t status{};
    while ((status = httpUpdate(http)) == HTTP_STATUS_CONTINUE) {
    }
    if (status != HTTP_STATUS_OK) return HTTP_STATUS_BAD_REQUEST;
    if (state != HTTP_STATE_POST) return HTTP_STATUS_METHOD_NOT_ALLOWED;
    const auto is = [](const char* text, const char* wanted) {
        return text != nullptr && std::string_view(text) == wanted;
    };
    if (!is(resource.data(), emulated_resource)) return HTTP_STATUS_NOT_FOUND;
    if (!is(httpGetField(http, HTTP_FIELD_CONTENT_TYPE), "application/ipp"))
        return HTTP_STATUS_UNSUPPORTED_MEDIATYPE;
    if (httpGetLength2(http) > static_cast<off_t>(most_document_bytes))
        return HTTP_STATUS_REQUEST_TOO_LARGE;
    return HTTP_STATUS_OK;
}

bool IppLine::read_attributes(ipp_t* request) {
    Attributes from{http_.get()};
    ipp_state_t read{};
    while ((read = ippReadIO(&from, read_some, 1, nullptr, request)) != IPP_STATE_DATA)
        if (read == IPP_STATE_ERROR) return false;
    return true;
}

SentDocument IppLine::read_document() {
    base::Bytes document;
    std::vector<char> block(32768);  // on the heap, where what is given back is overwritten
    while (httpGetState(http_.get()) == HTTP_STATE_POST_RECV) {
        const auto got = httpRead2(http_.get(), block.data(), block.size());
        // Cut off, unless the end of the chunks has just been read.
        if (got <= 0 && httpGetState(http_.get()) == HTTP_STATE_POST_RECV)
            return tl::unexpected(IPP_STATUS_ERROR_BAD_REQUEST);
        if (got <= 0) break;
        if (document.size() + static_cast<std::size_t>(got) > most_document_bytes)
            return tl::unexpected(IPP_STATUS_ERROR_REQUEST_ENTITY);
        document.insert(document.end(), block.begin(), block.begin() + got);
    }
    return document;
}

void IppLine::refuse(http_status_t status) {
    auto* const http = http_.get();
    httpClearFields(http);
    httpSetField(http, HTTP_FIELD_CONNECTION, "close");
    httpSetLength(http, 0);
    if (httpWriteResponse(http, status) >= 0) httpFlushWrite(http);
}

void IppLine::send(const OwnedIpp& answer) {
    auto* const http = http_.get();
    httpClearFields(http);
    httpSetField(http, HTTP_FIELD_CONTENT_TYPE, "application/ipp");
    httpSetLength(http, ippLength(answer.get()));
    if (httpWriteResponse(http, HTTP_STATUS_OK) < 0) return;
    ippSetState(answer.get(), IPP_STATE_IDLE);
    ipp_state_t written{};
    while ((written = ippWrite(http, answer.get())) != IPP_STATE_DATA)
        if (written == IPP_STATE_ERROR) return;
    httpFlushWrite(http);
}

}  // namespace drivers::printer
