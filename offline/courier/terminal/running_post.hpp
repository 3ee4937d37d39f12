// The outbox of a kiosk-post that runs, as a Depot: the questions a courier's command asks it, and
// how the post answers them. Both decode strictly. See local_call.hpp for the line.
#pragma once

#include "offline/courier/local_call.hpp"
#include "offline/courier/terminal/depot.hpp"

namespace offline::courier {

class RunningPost final : public Depot {
  public:
    explicit RunningPost(std::unique_ptr<CallClient> line) : line_(std::move(line)) {}

    base::Result<std::vector<Waiting>> waiting(std::int64_t after, std::size_t most) override;
    base::Result<std::optional<Package>> package(std::int64_t seq) override;
    base::Result<base::Bytes> attachment(const sealing::AttachmentId& id, std::int64_t at,
                                         std::size_t most) override;
    base::Result<Taken> take_receipt(base::ByteView receipt) override;

  private:
    std::unique_ptr<CallClient> line_;
};

// On the thread that owns the depot. PostMessageMalformed: not a question of this version.
base::Result<formats::Record> answer(Depot& depot, const formats::Record& question);

}  // namespace offline::courier
