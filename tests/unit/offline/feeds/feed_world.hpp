// A terminal and a centre that give each other feeds, without a network: what the driver sends goes
// to the desk in the same call, unless the test stands between them.
#pragma once

#include "offline/feeds/feed_driver.hpp"
#include "offline/feeds/staged.hpp"
#include "offline/intake/feed_desk.hpp"
#include "offline/intake/feed_publishing.hpp"
#include "tests/unit/offline/offline_fixture.hpp"

#include <optional>

namespace offline_test {

using papers::Feed;

inline base::Bytes pack_text(const World& world, const std::string& text) {
    const auto pack = base::to_bytes(text);
    return papers::encode_pack_content(world.pack.sign(sealing::context::pack, pack).value(), pack);
}

struct KeptLog final : base::EventLog {
    void write_line(std::string line) override { lines += line + "\n"; }
    bool has(const std::string& text) const { return lines.find(text) != std::string::npos; }
    std::string lines;
};

class Centre {
  public:
    Centre(const World& world, std::string folder, const base::Clock& clock)
        : world_(world), folder_(std::move(folder)), clock_(clock) {
        open();
    }
    // With the keys that the world has now.
    void open() {
        desk_.emplace(intake::FeedDeskOptions{folder_, world_.pinned, world_.intake,
                                              [this](const std::string& terminal) {
                                                  return terminal == terminal_id
                                                             ? cases
                                                             : std::vector<papers::CaseStatus>{};
                                              }},
                      clock_, log_);
    }
    base::Result<std::int64_t> publish(Feed feed, base::ByteView content,
                                       std::int64_t version = 0) {
        return intake::publish(
            {folder_, world_.keys(), clock_.now(), good_for}, feed, version, content, world_.feed,
            [](base::ByteView) { return base::Status{}; }, store::real_disk());
    }
    base::Result<std::int64_t> publish_keys(base::ByteView file) {
        return intake::publish_key_set(folder_, world_.pinned, file, store::real_disk());
    }
    sync::Answer answer(const sync::Exchange& exchange) {
        ++asked;
        const std::string blobs = "/v1/blobs/";
        const intake::Reply reply =
            exchange.path.starts_with(blobs)
                ? desk_->blob(exchange.path.substr(blobs.size()), exchange.body)
                : desk_->feeds(exchange.body);
        sync::Answer answer;
        answer.status = reply.status;
        answer.content_type = papers::wire::content_type;
        answer.body = reply.body;
        return answer;
    }
    intake::FeedDesk& desk() { return *desk_; }
    const std::string& folder() const { return folder_; }

    std::vector<papers::CaseStatus> cases;
    base::Millis good_for{};
    int asked = 0;

  private:
    const World& world_;
    std::string folder_;
    const base::Clock& clock_;
    base::NoEventLog log_;
    std::optional<intake::FeedDesk> desk_;
};

class FeedTerminal {
  public:
    FeedTerminal(const World& world, std::string folder, base::ManualClock& clock,
                 store::Disk& disk = store::real_disk())
        : world_(world),
          folder_(std::move(folder)),
          clock_(clock),
          disk_(disk),
          keys(world.keys()),
          identity_(world.terminal()) {
        restart();
    }
    void restart() {
        driver_.reset();
        store_.emplace(feeds::FeedStore::open(folder_, terminal_id, keys, disk_).value());
        feeds::FeedOptions options;
        options.retry = {base::Millis{1}, base::Millis{1}, base::Millis{0}};
        options.every = base::Millis{10};
        options.told = [this](base::Instant at) { told = std::max(told, at); };
        options.configuration = [this](base::ByteView toml) -> base::Status {
            if (base::as_text(toml).find("state_folder") == std::string_view::npos) return {};
            return base::fail(FaultCode::ConfigInvalid, "not allowed");
        };
        driver_.emplace(options, *store_, disk_, identity_, world_.pinned, keys, clock_, log,
                        [this](sync::Exchange exchange) { sent = std::move(exchange); });
    }
    // What is sent by the next tick; nothing when there is nothing to send.
    std::optional<sync::Exchange> next() {
        clock_.forward(base::Millis{20});
        sent.reset();
        driver_->tick(true);
        return sent;
    }
    void answered(const base::Result<sync::Answer>& answer) { driver_->answered(answer); }
    // Asks until a question about feeds changed nothing and nothing is being fetched.
    void sync_with(Centre& centre) {
        for (int rounds = 0; rounds < 500; ++rounds) {
            const auto before = held();
            const auto exchange = next();
            if (!exchange) return;
            answered(centre.answer(*exchange));
            const bool idle = exchange->path == "/v1/feeds" && held() == before;
            if (idle && !fetches()) return;
        }
    }
    bool fetches() {
        const auto exchange = next();
        if (!exchange) return false;
        answered(base::fail(FaultCode::NetworkUnreachable, "the test only looked"));
        return exchange->path != "/v1/feeds";
    }
    std::vector<std::int64_t> held() const {
        std::vector<std::int64_t> out;
        for (const Feed feed : papers::all_feeds) out.push_back(store_->held(feed).version);
        return out;
    }
    std::int64_t version(Feed feed) const { return store_->held(feed).version; }
    std::string text(Feed feed) const {
        const auto content = store_->content(feed);
        if (!content) return {};
        if (feed != Feed::pack) return std::string(base::as_text(*content));
        return std::string(base::as_text(papers::pack_content(*content)->pack));
    }
    feeds::FeedStore& store() { return *store_; }
    feeds::FeedDriver& driver() { return *driver_; }
    const std::string& folder() const { return folder_; }

    KeptLog log;
    std::optional<sync::Exchange> sent;
    base::Instant told{};  // to the time floor

  private:
    const World& world_;
    std::string folder_;
    base::ManualClock& clock_;
    store::Disk& disk_;

  public:
    sealing::KeySet keys;

  private:
    outbox::Terminal identity_;
    std::optional<feeds::FeedStore> store_;
    std::optional<feeds::FeedDriver> driver_;
};

}  // namespace offline_test
