#include "offline/sync/centre_worker.hpp"

namespace offline::sync {

CentreWorker::CentreWorker(CentreAddress address, Sink sink)
    : client_(std::move(address)),
      sink_(std::move(sink)),
      jobs_(16),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

CentreWorker::~CentreWorker() = default;

bool CentreWorker::give(std::int64_t reference, Exchange exchange) {
    return jobs_.push({reference, std::move(exchange)});
}

void CentreWorker::work(const std::stop_token& stop) {
    while (!stop.stop_requested())
        if (const auto job = jobs_.pop(stop))
            sink_(job->reference, client_.run(job->exchange, stop));
}

}  // namespace offline::sync
