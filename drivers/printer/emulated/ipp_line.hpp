// One line to the emulated printer, on which one request of IPP over HTTP is read and answered, by
// the server's side of libcups. Whatever does not end as a request is refused: 400 what is none,
// 404 for another place than the printer's, 405, 413 and 415 as HTTP has them. Two seconds of
// silence end the line.
#pragma once

#include "base/bytes.hpp"
#include "drivers/printer/emulated/ipp_answers.hpp"

#include <cups/http.h>
#include <tl/expected.hpp>

#include <atomic>
#include <functional>
#include <memory>

namespace drivers::printer {

// What came behind the attributes, or why it cannot be taken.
using SentDocument = tl::expected<base::Bytes, ipp_status_t>;
using Answerer = std::function<OwnedIpp(ipp_t* request, SentDocument document)>;

class IppLine {
  public:
    // The line that waits at the listening socket, if there is still one. Once `ends` is true
    // nothing is waited for any longer.
    IppLine(int listener, const std::atomic<bool>& ends);
    int descriptor() const;  // -1 = there is none
    void exchange(const Answerer& answer);

  private:
    struct Silence {
        const std::atomic<bool>& ends;
        int moments = 0;
    };
    struct Close {
        void operator()(http_t* http) const { httpClose(http); }
    };
    static int go_on_waiting(http_t* http, void* silence);
    http_status_t read_head();
    bool read_attributes(ipp_t* request);
    SentDocument read_document();
    void refuse(http_status_t status);
    void send(const OwnedIpp& answer);

    Silence silence_;
    std::unique_ptr<http_t, Close> http_;
};

}  // namespace drivers::printer
