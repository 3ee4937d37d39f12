// Both ends of the local socket for its tests: a post office on its own thread, as in kiosk-post,
// and an app that waits for events.
#pragma once

#include "base/bounded_queue.hpp"
#include "offline/post/connection.hpp"
#include "offline/post/post_client.hpp"
#include "offline/post/post_office.hpp"
#include "tests/unit/offline/offline_fixture.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <thread>

namespace offline_test {

using domain::Ticket;

inline constexpr std::chrono::seconds long_enough{20};

// A post office on its own thread, as in kiosk-post.
class Office {
  public:
    Office(const World& world, const Folder& folder, const std::string& intake_url,
           std::int64_t quota = 8 << 20)
        : keys_(world.keys()),
          box_(outbox::Outbox::open({folder / "outbox", quota}, world.terminal(), clock_).value()),
          server_(
              post::PostServer::listen(folder / "post.sock", world.realm, clock_, log_).value()),
          thread_([this, intake_url] {
              post::OfficeOptions options{"", {intake_url}, {}};
              options.delivery.retry = {base::Millis{50}, base::Millis{200}, base::Millis{0}};
              post::PostOffice(options, box_, keys_, floor_, clock_, log_, server_)
                  .run(stop_.descriptor());
          }) {}
    ~Office() { stop_.ring(); }

  private:
    base::SystemClock clock_;
    base::NoEventLog log_;
    sealing::KeySet keys_;
    sync::ClockFloor floor_{"", clock_, log_};
    outbox::Outbox box_;
    post::PostServer server_;
    post::Wake stop_;
    std::jthread thread_;
};

class App {
  public:
    explicit App(const Folder& folder, domain::Realm realm = domain::Realm::training)
        : client({folder / "post.sock", realm},
                 [this](post::PostEvent event) { ASSERT_TRUE(events_.push(std::move(event))); }) {}

    template <class Event>
    Event wait_for() {
        for (;;) {
            auto event = events_.pop_for({}, long_enough);
            if (!event) throw std::runtime_error("no event came");
            if (auto* found = std::get_if<Event>(&*event)) return std::move(*found);
        }
    }
    // The first status for which this holds.
    template <class Holds>
    domain::PostStatus wait_until(Holds holds) {
        for (;;)
            if (const auto status = wait_for<post::StatusChanged>().status; holds(status))
                return status;
    }
    std::size_t events_left() const { return events_.size(); }

  private:
    base::BoundedQueue<post::PostEvent> events_{1000};

  public:
    post::PostClient client;
};

inline post::AcceptRequest request(const World& world, domain::SubId id = domain::SubId::draw(),
                                   const std::string& text = submission_text()) {
    const auto given = acceptance(world, text, id);
    return {given.sub_id, given.item_code, given.item_version, given.captured_at, given.envelope};
}

inline const std::string nobody = "http://127.0.0.1:9";

}  // namespace offline_test
