#include "offline/releases/package_fetcher.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace offline::releases {

namespace {

using base::FaultCode;
using base::Millis;
using papers::Feed;
using papers::ReleasePackage;

constexpr Millis far_away{3'600'000};
constexpr long whole_file = 200, part_of_a_file = 206;

}  // namespace

PackageFetcher::PackageFetcher(FetchOptions options, const feeds::FeedStore& feeds,
                               PackageShelf& shelf, const sealing::KeySet& keys,
                               const base::Clock& clock, base::EventLog& log, Send send)
    : options_(std::move(options)),
      feeds_(feeds),
      shelf_(shelf),
      keys_(keys),
      clock_(clock),
      log_(log),
      send_(std::move(send)) {}

void PackageFetcher::look_at_list() {
    const std::int64_t release = feeds_.held(Feed::release).version;
    if (release == looked_at_ || under_way_) return;
    looked_at_ = release;
    wanted_.clear();
    const auto content = feeds_.content(Feed::release);
    if (!content) return;
    const auto list = papers::ReleaseList::verify(*content, keys_);
    if (!list || !list->is_for(options_.terminal)) return;
    expires_at_ = list->expires_at;
    wanted_ = list->packages;
    wanted_.insert(wanted_.end(), list->fallback.begin(), list->fallback.end());
    shelf_.keep_only(wanted_);
    const auto missing = std::count_if(wanted_.begin(), wanted_.end(),
                                       [&](const auto& package) { return !shelf_.has(package); });
    log_.record(base::log::ReleaseTaken{release, missing});
    next_ = Millis{0};
}

Millis PackageFetcher::tick(bool online) {
    const Millis now = clock_.steady();
    look_at_list();
    if (under_way_ || !online || wanted_.empty() || !options_.has_repository) return now + far_away;
    if (now < next_) return next_;
    const auto missing = std::find_if(wanted_.begin(), wanted_.end(),
                                      [&](const auto& package) { return !shelf_.has(package); });
    if (missing == wanted_.end()) {
        wanted_.clear();  // all there
        return now + far_away;
    }
    if (options_.now() >= expires_at_) {
        log_.record(base::log::ReleaseRefused{FaultCode::ReleaseOutdated, "expired"});
        wanted_.clear();
        return now + far_away;
    }
    if (!shelf_.has_room(wanted_)) {
        failed({FaultCode::DiskFull, "packages"});
        return next_;
    }
    const std::int64_t from = shelf_.staged(*missing);
    if (from == missing->length) {  // a power cut came before it got its name
        if (const auto whole = shelf_.finish(*missing); !whole) failed(whole.error());
        return next_;
    }
    const std::int64_t to = std::min(from + package_slice_bytes, missing->length);
    sync::Exchange exchange;
    exchange.method = sync::Method::get;
    exchange.path = "/" + missing->path;
    exchange.headers = {{"Range", fmt::format("bytes={}-{}", from, to - 1)}};
    exchange.limit = package_slice_limit;
    exchange.bulk = true;
    under_way_ = *missing;
    send_(std::move(exchange));
    return now + far_away;
}

base::Status PackageFetcher::on_slice(const base::Result<sync::Answer>& answer) {
    if (!answer) return base::fail(answer.error());
    const ReleasePackage& package = *under_way_;
    const std::int64_t from = shelf_.staged(package);
    const std::int64_t to = std::min(from + package_slice_bytes, package.length);
    const auto size = static_cast<std::int64_t>(answer->body.size());
    if (answer->status == part_of_a_file) {
        // A repository that has another file there says so by its length, before it was fetched.
        const auto range = answer->headers.find("content-range");
        if (range == answer->headers.end() ||
            range->second != fmt::format("bytes {}-{}/{}", from, to - 1, package.length) ||
            size != to - from)
            return base::fail(FaultCode::ReleaseWrong, "another file");
    } else if (answer->status == whole_file) {
        if (from != 0 || size != package.length)
            return base::fail(FaultCode::ReleaseWrong, "another file");
    } else {
        return base::fail(FaultCode::CentreFailed, fmt::format("status {}", answer->status));
    }
    TRY_STATUS(shelf_.append(package, answer->body));
    if (shelf_.staged(package) == package.length) TRY_STATUS(shelf_.finish(package));
    return {};
}

void PackageFetcher::answered(const base::Result<sync::Answer>& answer) {
    if (!under_way_) return;
    const auto done = on_slice(answer);
    under_way_.reset();
    if (!done) return failed(done.error());
    failures_ = 0;
    next_ = clock_.steady();
}

void PackageFetcher::failed(const base::Fault& fault) {
    const bool wrong = fault.code == FaultCode::ReleaseWrong;
    if (wrong)
        log_.record(base::log::ReleaseRefused{fault.code, fault.safe_detail});
    else
        log_.record(base::log::DeliveryFailed{fault.code, failures_ + 1});
    options_.seed += 0x9E3779B97F4A7C15ull;
    next_ = clock_.steady() +
            (wrong ? options_.every : sync::retry_wait(options_.retry, failures_, options_.seed));
    ++failures_;
}

}  // namespace offline::releases
