#include "offline/sync/centre_client.hpp"

#include "base/assert.hpp"
#include "offline/papers/wire.hpp"

#include <curl/curl.h>

#include <algorithm>

namespace offline::sync {

namespace {

using base::FaultCode;

constexpr long connect_limit_ms = 5000;
constexpr long slowest_bytes_per_s = 64;
constexpr long slow_for_s = 30;

struct Incoming {
    base::Bytes body;
    bool too_long = false;
};

std::size_t take(char* data, std::size_t size, std::size_t count, void* user) {
    auto& incoming = *static_cast<Incoming*>(user);
    const std::size_t bytes = size * count;
    if (incoming.body.size() + bytes > papers::wire::body_bytes_max) {
        incoming.too_long = true;
        return 0;
    }
    incoming.body.insert(incoming.body.end(), data, data + bytes);
    return bytes;
}

int keep_going(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<const std::stop_token*>(user)->stop_requested() ? 1 : 0;
}

// Once in a process, before the first handle; libcurl asks for that.
bool curl_ready() {
    static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    return ready;
}

}  // namespace

struct CentreClient::Handle {
    CURL* curl = nullptr;
    ~Handle() { curl_easy_cleanup(curl); }
};

CentreClient::CentreClient(std::string url)
    : url_(std::move(url)), handle_(std::make_unique<Handle>()) {
    KIOSK_ASSERT(curl_ready());
    handle_->curl = curl_easy_init();
    KIOSK_ASSERT(handle_->curl != nullptr);
    while (url_.ends_with('/')) url_.pop_back();
}
CentreClient::~CentreClient() = default;

base::Result<Answer> CentreClient::run(const Exchange& exchange, const std::stop_token& stop) {
    CURL* curl = handle_->curl;
    curl_easy_reset(curl);  // options go, the connection stays
    Incoming incoming;
    const std::string url = url_ + exchange.path;
    const std::string type = std::string("Content-Type: ") + papers::wire::content_type;
    curl_slist* headers = curl_slist_append(nullptr, type.c_str());
    headers = curl_slist_append(headers, "Expect:");
    const auto set = [curl](CURLoption option, auto value) {
        KIOSK_ASSERT(curl_easy_setopt(curl, option, value) == CURLE_OK);
    };
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_PROXY, "");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_HTTPHEADER, headers);
    set(CURLOPT_CUSTOMREQUEST, exchange.method == Method::put ? "PUT" : "POST");
    set(CURLOPT_POSTFIELDS, reinterpret_cast<const char*>(exchange.body.data()));
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(exchange.body.size()));
    set(CURLOPT_CONNECTTIMEOUT_MS, connect_limit_ms);
    set(CURLOPT_LOW_SPEED_LIMIT, slowest_bytes_per_s);
    set(CURLOPT_LOW_SPEED_TIME, slow_for_s);
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(exchange.limit.count()));
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, keep_going);
    set(CURLOPT_XFERINFODATA, const_cast<std::stop_token*>(&stop));
    set(CURLOPT_WRITEFUNCTION, take);
    set(CURLOPT_WRITEDATA, &incoming);

    const CURLcode code = curl_easy_perform(curl);
    curl_slist_free_all(headers);
    if (incoming.too_long) return base::fail(FaultCode::CentreNonsense, "answer: too long");
    if (code != CURLE_OK)
        return base::fail(FaultCode::NetworkUnreachable, curl_easy_strerror(code));

    Answer answer;
    answer.body = std::move(incoming.body);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
    const char* content_type = nullptr;
    curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &content_type);
    if (content_type != nullptr) answer.content_type = content_type;
    curl_off_t retry_after_s = 0;
    curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &retry_after_s);
    // Clamped again where it is used; here only so that it fits in milliseconds.
    answer.retry_after = base::Millis{std::min<curl_off_t>(retry_after_s, 1'000'000) * 1000};
    return answer;
}

base::Result<base::Bytes> body_of(const base::Result<Answer>& answer) {
    if (!answer) return base::fail(answer.error());
    const std::string status = "status " + std::to_string(answer->status);
    if (answer->status >= 500 || answer->status == 429)
        return base::fail(FaultCode::CentreFailed, status);
    const bool own_format = answer->content_type == papers::wire::content_type;
    if (own_format && answer->status == 200) return answer->body;
    if (own_format && answer->status >= 400) return base::fail(FaultCode::CentreRefused, status);
    return base::fail(FaultCode::CentreNonsense, status);
}

}  // namespace offline::sync
