// The packs by which submissions are read: the one that the intake was started with, and those that
// were published since. A submission is of the version that the citizen had before them. Any
// thread.
#pragma once

#include "catalogue/pack.hpp"
#include "catalogue/submission_json.hpp"
#include "catalogue/voice.hpp"
#include "offline/sealing/keys/key_set.hpp"

#include <functional>
#include <map>
#include <memory>
#include <shared_mutex>
#include <string>

namespace offline::intake {

class PackShelf {
  public:
    // `feeds_folder`: where publishing leaves versions.
    PackShelf(std::shared_ptr<const catalogue::Pack> own, std::string feeds_folder,
              sealing::KeySet keys);

    // Puts one more on it.
    void keep(std::shared_ptr<const catalogue::Pack> pack);

    // By the newest pack that takes it; the newest one's fault when none does. A service that the
    // newest pack does not have any more is refused when it was captured on a later day than that
    // pack was built: the terminal had a pack that was out of force. What was captured before, or
    // on that day, is judged by the pack that the citizen had before them.
    base::Result<catalogue::CheckedSubmission> check(base::ByteView json, base::Date captured_on);
    // The same of what somebody said to the office.
    base::Result<catalogue::CheckedVoice> check_voice(base::ByteView json);

  private:
    base::Result<catalogue::CheckedVoice> check_voice_with_known(base::ByteView json) const;
    base::Result<catalogue::CheckedSubmission> check_with_known(base::ByteView json,
                                                                base::Date captured_on) const;
    bool was_taken_out(const std::string& item_code, base::Date captured_on) const;
    bool is_something_new();
    void look_for_new();

    std::shared_mutex mutex_;  // guards known_: requests come on several threads
    std::string folder_;
    domain::Realm realm_;
    sealing::KeySet keys_;
    std::map<std::int64_t, std::shared_ptr<const catalogue::Pack>, std::greater<>> known_;
};

}  // namespace offline::intake
