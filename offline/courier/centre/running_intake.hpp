// The door of an intake that runs: what the import station asks it, and how it answers. Both decode
// strictly. See local_call.hpp for the line.
#pragma once

#include "offline/courier/centre/bundle_import.hpp"
#include "offline/courier/local_call.hpp"

namespace offline::courier {

// In the intake's folder, which belongs to it alone.
std::string door_socket_in(const std::string& intake_folder);

// When the intake goes away in the middle, everything is answered 503.
class RunningIntake final : public IntakeDoor {
  public:
    explicit RunningIntake(std::unique_ptr<CallClient> line) : line_(std::move(line)) {}
    Answer submit(const std::string& terminal, const std::string& sub_id,
                  base::ByteView body) override;
    Answer commit(const std::string& terminal, const std::string& sub_id) override;
    Answer upload(const Slice& slice, std::int64_t length, const sealing::Digest& digest,
                  sealing::SuiteId suite) override;

  private:
    Answer ask(const formats::Record& question);
    std::unique_ptr<CallClient> line_;
};

// While nothing else uses the door. BytesMalformed: not a question of this version.
base::Result<formats::Record> answer(IntakeDoor& door, const formats::Record& question);

}  // namespace offline::courier
