// A document printer in this process that speaks IPP over HTTP on a Unix socket, so that the real
// driver and libcups stand before it as in service. One thread of its own takes one line after the
// other, prints what was released in the time that takes, and ends within a moment. Whoever sends
// rubbish, half a request or more than fits is answered with an error; whoever falls silent is
// waited for two seconds.
//
// A printed document is kept as NAME.pdf in the output folder: training only, real papers are never
// kept.
#pragma once

#include "drivers/printer/emulated/paper_machine.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace drivers::printer {

struct EmulatedIppOptions {
    std::string socket_file;      // made at the start, gone at the end; its folder has to exist
    std::string output_folder{};  // empty = nothing is kept
    base::Millis page_time{400};  // how long a page takes
};

class EmulatedIppPrinter {
  public:
    // FileUnwritable: the socket cannot be made. `clock` must outlive it.
    static base::Result<std::unique_ptr<EmulatedIppPrinter>> start(EmulatedIppOptions options,
                                                                   const base::Clock& clock);
    ~EmulatedIppPrinter();
    EmulatedIppPrinter(const EmulatedIppPrinter&) = delete;
    EmulatedIppPrinter& operator=(const EmulatedIppPrinter&) = delete;

    // By hand, from any thread; takes effect at once.
    void handle(const std::function<void(PaperMachine&)>& act);
    // Without its plug nobody answers, the line under way breaks, and every job is forgotten.
    void unplug();
    void plug();

  private:
    EmulatedIppPrinter(EmulatedIppOptions options, const base::Clock& clock);
    base::Status listen_now();
    void ring();
    void serve();
    int moments_until_next_step();
    void talk();
    bool keep(const std::string& name, base::ByteView document) const;

    const EmulatedIppOptions options_;
    const base::Clock& clock_;

    std::mutex mutex_;
    PaperMachine machine_;
    bool plugged_ = true;
    bool was_unplugged_ = false;  // since the listener was made
    int listener_ = -1;           // opened and closed by the server's thread
    int line_ = -1;               // of the exchange under way
    int bell_ = -1;
    std::atomic<bool> ends_{false};

    std::thread server_;
};

}  // namespace drivers::printer
