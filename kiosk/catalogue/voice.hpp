// What a citizen says to the office: a question (咨询), a complaint (投诉), what could not be done
// (办不成事), a rating (好差评). Sealed and kept like a submission; its plaintext is canonical JSON
// of a format of its own, written by the terminal and read strictly by the intake. Without a person
// it is anonymous: then nothing in it says who spoke. Pure; any thread.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "catalogue/pack.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace catalogue {

inline constexpr std::size_t voice_text_max = 500;  // code points
inline constexpr std::size_t voice_tried_max = 20;  // steps that may come along

enum class VoiceKind { consult, complaint, stuck, rating };
std::string_view name(VoiceKind kind);

// What can be chosen as its subject; of a rating nothing.
const std::vector<VoiceTopic>& topics_of(const VoiceRules& rules, VoiceKind kind);

struct VoicePerson {
    std::string name, id_number;
    void wipe() {
        base::wipe(name);
        base::wipe(id_number);
    }
    friend bool operator==(const VoicePerson&, const VoicePerson&) = default;
};

struct VoiceDimension {
    std::string key;
    std::int64_t level = 0;  // as of the whole: 1 … 5
    friend bool operator==(const VoiceDimension&, const VoiceDimension&) = default;
};

struct Voice {
    domain::SubId sub_id;
    domain::Realm realm = domain::Realm::training;
    std::string terminal, division;
    VoiceKind kind = VoiceKind::consult;
    std::string topic;  // key of a topic of its kind; empty of a rating
    base::SecretText text{};
    base::SecretText telephone{};
    base::Secret<VoicePerson> person{};  // empty: anonymous
    std::string about_item{};            // code of the item it is about; may be empty
    std::string about_case{};            // local number of the case; may be empty
    std::vector<std::string> tried{};    // pages and fault words, when the citizen wants them along
    std::int64_t level = 0;              // of a rating: 1 非常满意 … 5 非常不满意
    std::string step{};                  // of a rating: receipt, acceptance, finish
    std::vector<VoiceDimension> dimensions{};
    std::vector<std::string> reasons{};  // keys
    std::string said_at{};               // ISO 8601
    friend bool operator==(const Voice&, const Voice&) = default;
};

// Whether these bytes are meant to be a voice rather than a submission; nothing else is looked at.
bool looks_like_voice(base::ByteView json);

base::SecretText voice_json(const Voice& voice, const Pack& pack);

struct CheckedVoice {
    Voice voice;
    std::string item_code, implementation_code, name;
    // One rating counts for each case and step; what comes with the same token later does not.
    std::string token;
    bool follow_up = false;  // somebody has to answer it
    std::int64_t reply_days = 0;
    std::string json;  // the whole, canonical
};
// By the rules of this pack. Faults: BytesMalformed (not our JSON: where), RealmMismatch,
// CentreRefused (a rule does not hold: which).
base::Result<CheckedVoice> check_voice(base::ByteView json, const Pack& pack);

}  // namespace catalogue
