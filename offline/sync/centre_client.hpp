// One HTTP exchange with the centre at a time, over libcurl: what goes out and what comes back as
// plain bytes; what they mean is read elsewhere. Blocks its thread; a stop ends it within a second.
// Redirects are not followed, and no proxy is used but the one that the configuration names. A link
// is given up for making no progress, not for being slow.
#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "offline/papers/upload.hpp"
#include "offline/papers/wire.hpp"

#include <functional>
#include <memory>
#include <stop_token>
#include <string>

namespace offline::sync {

enum class Method { head, get, put, post, patch };

// Fields by their names in small letters. Of an answer, only those that mean something here.
using Headers = papers::upload::Headers;

struct Exchange {
    Method method = Method::post;
    std::string path;  // /v1/hello
    base::Bytes body = {};
    std::string content_type = papers::wire::content_type;
    Headers headers = {};
    base::Millis limit{};  // of the whole; 0 = only progress counts
    bool bulk = false;     // a slice of an attachment: never on the connection of small things
};
struct Answer {
    long status = 0;
    std::string content_type;
    base::Millis retry_after{};  // 0: not said
    base::Bytes body;
    Headers headers = {};
    // What the line carried for it, both ways: all bytes of TCP and IP, the connection's beginning
    // and its TLS handshake with whatever exchange made it.
    std::int64_t line_bytes = 0;
};

// Where the centre is and what both sides show. With https:// only TLS 1.3 and only the authority
// in `tls_ca`; files are PEM.
struct CentreAddress {
    std::string url;
    std::string tls_ca = {}, tls_certificate = {}, tls_key = {};
    std::string proxy = {};  // http://host:port; empty: none
    // By what certificates are measured, from any thread; empty: the machine's clock.
    std::function<base::Instant()> now = {};
    // Only to be enrolled, when no authority is known yet: what comes back is verified itself.
    bool any_authority = false;
};

class CentreClient {
  public:
    explicit CentreClient(CentreAddress address);
    explicit CentreClient(std::string url) : CentreClient(CentreAddress{std::move(url)}) {}
    ~CentreClient();
    CentreClient(const CentreClient&) = delete;
    CentreClient& operator=(const CentreClient&) = delete;

    // NetworkUnreachable; CentreUntrusted: its certificate is not of our centre; CentreRefused: it
    // does not take ours (expired, revoked); KeyAbsent: our files do not read; CentreNonsense for a
    // body beyond 1 MiB or header fields beyond 16 KiB.
    base::Result<Answer> run(const Exchange& exchange, const std::stop_token& stop);

  private:
    struct Handle;
    base::FaultCode fault_with(int code, const char* said) const;
    CentreAddress address_;
    std::unique_ptr<Handle> handle_;
};

// The body of a good answer (status 200 and CBOR). CentreFailed for 5xx and 429, CentreRefused for
// a 4xx in the intake's own format, CentreNonsense for everything else: a captive portal's page.
base::Result<base::Bytes> body_of(const base::Result<Answer>& answer);

}  // namespace offline::sync
