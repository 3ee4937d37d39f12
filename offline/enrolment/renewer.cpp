#include "offline/enrolment/renewer.hpp"

#include <condition_variable>
#include <mutex>

namespace offline::enrolment {

Renewer::Renewer(RenewerOptions options, sealing::TerminalCertificate present, base::EventLog& log,
                 Ask exchange)
    : options_(std::move(options)),
      present_(std::move(present)),
      log_(log),
      exchange_(std::move(exchange)) {}

void Renewer::start() {
    thread_ = std::jthread([this](const std::stop_token& stop) {
        std::mutex mutex;
        std::condition_variable_any nobody_rings;
        while (!stop.stop_requested()) {
            look();
            std::unique_lock lock(mutex);
            nobody_rings.wait_for(lock, stop, options_.every, [] { return false; });
        }
    });
}

void Renewer::look() {
    const base::Instant now = options_.way.now();
    if (now < renewal_due(present_)) return;
    say(now < present_.not_after ? "due" : "expired");
    const auto renewed = renew_now();
    if (!renewed) {
        const bool revoked = renewed.error().code == base::FaultCode::TerminalRevoked;
        say(revoked ? "revoked" : "failed");
        if (revoked) options_.revoked();
        return;
    }
    present_ = renewed->certificate;
    options_.way.told(renewed->facts.server_time);
    options_.renewed(present_);
    say("renewed");
}

base::Result<Enrolled> Renewer::renew_now() {
    auto& disk = store::real_disk();
    TRY_STATUS(disk.make_folder(options_.places.folder));
    const auto lock = TRY(disk.lock(options_.places.lock()));
    const OwnKeyStore keys(options_.places, disk);
    if (exchange_) return renew(options_.self, options_.places, keys, disk, exchange_);
    sync::CentreClient client(renewal_address(options_.way, options_.places));
    const std::stop_token stop = thread_.get_stop_token();
    return renew(options_.self, options_.places, keys, disk,
                 [&](const sync::Exchange& exchange) { return client.run(exchange, stop); });
}

void Renewer::say(const char* state) {
    if (said_ == state) return;
    said_ = state;
    const auto left =
        std::chrono::floor<std::chrono::days>(present_.not_after - options_.way.now());
    log_.record(base::log::CertificateState{state, left.count()});
}

}  // namespace offline::enrolment
