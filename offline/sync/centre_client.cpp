#include "offline/sync/centre_client.hpp"

#include "base/assert.hpp"
#include "offline/sealing/tls/tls_certificates.hpp"
#include "offline/sync/line_meter.hpp"

#include <curl/curl.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace offline::sync {

namespace {

using base::FaultCode;

constexpr long connect_limit_ms = 5000;
constexpr long slowest_bytes_per_s = 64;
constexpr long slow_for_s = 30;

constexpr std::size_t headers_bytes_max = 16 << 10;
constexpr std::size_t field_bytes_max = 256;
constexpr std::array<std::string_view, 4> known_fields{"upload-offset", "upload-length",
                                                       "upload-complete", "content-range"};

struct Incoming {
    base::Bytes body;
    Headers headers;
    std::size_t header_bytes = 0;
    bool too_long = false;
};

// One line of the header; the ones before a final status (1xx) are forgotten with it.
std::size_t take_header(char* data, std::size_t size, std::size_t count, void* user) {
    auto& incoming = *static_cast<Incoming*>(user);
    std::string_view line(data, size * count);
    incoming.header_bytes += line.size();
    if (incoming.header_bytes > headers_bytes_max) {
        incoming.too_long = true;
        return 0;
    }
    if (line.starts_with("HTTP/")) incoming.headers.clear();
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || line.size() > field_bytes_max) return size * count;
    std::string name(line.substr(0, colon));
    for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    std::string_view value = line.substr(colon + 1);
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    while (!value.empty() && blank(value.front())) value.remove_prefix(1);
    while (!value.empty() && blank(value.back())) value.remove_suffix(1);
    if (std::find(known_fields.begin(), known_fields.end(), name) != known_fields.end())
        incoming.headers[name] = value;
    return size * count;
}

// A body that goes out once: libcurl cannot rewind it, so it never sends a slice again by itself on
// another connection, where its offset would be wrong.
struct Outgoing {
    base::ByteView left;
};
std::size_t give(char* to, std::size_t size, std::size_t count, void* user) {
    auto& left = static_cast<Outgoing*>(user)->left;
    const std::size_t bytes = std::min(size * count, left.size());
    std::copy_n(left.begin(), bytes, to);
    left = left.subspan(bytes);
    return bytes;
}

const char* word(Method method) {
    switch (method) {
        case Method::head:
            return "HEAD";
        case Method::get:
            return "GET";
        case Method::put:
            return "PUT";
        case Method::post:
            return "POST";
        case Method::patch:
            return "PATCH";
    }
    return "POST";
}

// `said`: libcurl's words; of the centre's alerts only they tell.
base::FaultCode fault_of(CURLcode code, std::string_view said) {
    const auto has = [said](std::string_view word) {
        return said.find(word) != std::string_view::npos;
    };
    if (has("alert") && (has("certificate") || has("unknown ca") || has("access denied")))
        return FaultCode::CentreRefused;
    switch (code) {
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CACERT_BADFILE:
            return FaultCode::KeyAbsent;
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_ISSUER_ERROR:
        case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
            return FaultCode::CentreUntrusted;
        default:
            return FaultCode::NetworkUnreachable;
    }
}

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

// Certificates hold at the time that the terminal believes, not at that of a dead clock.
CURLcode measure_by(CURL*, void* context, void* user) {
    const auto& now = *static_cast<const std::function<base::Instant()>*>(user);
    const auto seconds = std::chrono::floor<std::chrono::seconds>(now()).time_since_epoch();
    X509_VERIFY_PARAM_set_time(SSL_CTX_get0_param(static_cast<SSL_CTX*>(context)),
                               static_cast<time_t>(seconds.count()));
    return CURLE_OK;
}

curl_socket_t open_socket(void* user, curlsocktype, curl_sockaddr* address) {
    return static_cast<LineMeter*>(user)->open(address->family, address->socktype,
                                               address->protocol);
}
int close_socket(void* user, curl_socket_t socket) {
    return static_cast<LineMeter*>(user)->close(socket);
}

// Once in a process, before the first handle; libcurl asks for that.
bool curl_ready() {
    static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    return ready;
}

}  // namespace

struct CentreClient::Handle {
    CURL* curl = nullptr;
    LineMeter line = {};
    ~Handle() { curl_easy_cleanup(curl); }
};

CentreClient::CentreClient(CentreAddress address)
    : address_(std::move(address)), handle_(std::make_unique<Handle>()) {
    KIOSK_ASSERT(curl_ready());
    handle_->curl = curl_easy_init();
    KIOSK_ASSERT(handle_->curl != nullptr);
    while (address_.url.ends_with('/')) address_.url.pop_back();
}
CentreClient::~CentreClient() = default;

// The centre hangs up on a certificate that has ended, and its alert may be lost on the way. The
// file is read each time: a renewal puts another one in its place.
base::FaultCode CentreClient::fault_with(int code, const char* said) const {
    const FaultCode fault = fault_of(static_cast<CURLcode>(code), said);
    if (fault != FaultCode::NetworkUnreachable || !address_.now) return fault;
    const auto file = base::read_file(address_.tls_certificate);
    if (!file) return fault;
    const auto validity = sealing::tls::validity_of(*file);
    return validity && address_.now() > validity->until ? FaultCode::CentreRefused : fault;
}

base::Result<Answer> CentreClient::run(const Exchange& exchange, const std::stop_token& stop) {
    CURL* curl = handle_->curl;
    curl_easy_reset(curl);  // options go, the connection stays
    Incoming incoming;
    const std::string url = address_.url + exchange.path;
    std::array<char, CURL_ERROR_SIZE> said{};
    const bool has_body = exchange.method != Method::head && exchange.method != Method::get;
    curl_slist* headers = curl_slist_append(nullptr, "Expect:");
    const auto say = [&headers](const std::string& name, const std::string& value) {
        headers = curl_slist_append(headers, (name + ": " + value).c_str());
    };
    if (has_body) say("Content-Type", exchange.content_type);
    for (const auto& [name, value] : exchange.headers) say(name, value);
    const auto set = [curl](CURLoption option, auto value) {
        KIOSK_ASSERT(curl_easy_setopt(curl, option, value) == CURLE_OK);
    };
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_PROXY, address_.proxy.c_str());
    set(CURLOPT_ERRORBUFFER, said.data());
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_3));  // or newer
    set(CURLOPT_CAPATH, nullptr);
    if (!address_.tls_ca.empty()) set(CURLOPT_CAINFO, address_.tls_ca.c_str());
    if (address_.any_authority) {
        set(CURLOPT_SSL_VERIFYPEER, 0L);
        set(CURLOPT_SSL_VERIFYHOST, 0L);
    }
    if (!address_.tls_certificate.empty()) {
        set(CURLOPT_SSLCERT, address_.tls_certificate.c_str());
        set(CURLOPT_SSLKEY, address_.tls_key.c_str());
    }
    if (address_.now) {
        set(CURLOPT_SSL_CTX_FUNCTION, measure_by);
        set(CURLOPT_SSL_CTX_DATA, &address_.now);
    }
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_HTTPHEADER, headers);
    Outgoing outgoing{exchange.body};
    if (exchange.method == Method::patch) {
        set(CURLOPT_UPLOAD, 1L);
        set(CURLOPT_CUSTOMREQUEST, word(exchange.method));
        set(CURLOPT_READFUNCTION, give);
        set(CURLOPT_READDATA, &outgoing);
        set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(exchange.body.size()));
    } else if (has_body) {
        set(CURLOPT_CUSTOMREQUEST, word(exchange.method));
        set(CURLOPT_POSTFIELDS, reinterpret_cast<const char*>(exchange.body.data()));
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(exchange.body.size()));
    } else if (exchange.method == Method::head) {
        set(CURLOPT_NOBODY, 1L);
    } else {
        set(CURLOPT_HTTPGET, 1L);
    }
    set(CURLOPT_CONNECTTIMEOUT_MS, connect_limit_ms);
    set(CURLOPT_LOW_SPEED_LIMIT, slowest_bytes_per_s);
    set(CURLOPT_LOW_SPEED_TIME, slow_for_s);
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(exchange.limit.count()));
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, keep_going);
    set(CURLOPT_XFERINFODATA, const_cast<std::stop_token*>(&stop));
    set(CURLOPT_WRITEFUNCTION, take);
    set(CURLOPT_WRITEDATA, &incoming);
    set(CURLOPT_HEADERFUNCTION, take_header);
    set(CURLOPT_HEADERDATA, &incoming);
    set(CURLOPT_OPENSOCKETFUNCTION, open_socket);
    set(CURLOPT_OPENSOCKETDATA, &handle_->line);
    set(CURLOPT_CLOSESOCKETFUNCTION, close_socket);
    set(CURLOPT_CLOSESOCKETDATA, &handle_->line);

    const CURLcode code = curl_easy_perform(curl);
    curl_slist_free_all(headers);
    const std::int64_t line_bytes = handle_->line.take();
    if (incoming.too_long) return base::fail(FaultCode::CentreNonsense, "answer: too long");
    if (code != CURLE_OK)
        return base::fail(fault_with(code, said.data()), curl_easy_strerror(code));

    Answer answer;
    answer.line_bytes = line_bytes;
    answer.body = std::move(incoming.body);
    answer.headers = std::move(incoming.headers);
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
