#include "ui/ime/rime_engine.hpp"

#include "ui/ime/load_beside.hpp"
#include "ui/ime/rime_schemas.hpp"

#include <rime_api.h>
#include <stdlib.h>

#include <mutex>

namespace ui::ime {

namespace fs = std::filesystem;

RimeEngine::~RimeEngine() {
    if (loading_.joinable()) loading_.join();
    for (const auto session : sessions_)
        if (session != 0) api_->destroy_session(session);
    if (initialised_) api_->finalize();
    std::error_code error;
    if (!own_.empty()) fs::remove_all(own_, error);
}

void RimeEngine::prepare() {
    if (begun_) return;
    begun_ = true;
    loaded_ = load_beside(loading_, [this] { return load(); });
}

TextComposer::State RimeEngine::state() const {
    using State = TextComposer::State;
    if (!begun_) return State::idle;
    if (loaded_.wait_for(std::chrono::seconds(0)) != std::future_status::ready)
        return State::preparing;
    return loaded_.get() ? State::ready : State::unavailable;
}

bool RimeEngine::ready() {
    prepare();
    return loaded_.get();
}

bool RimeEngine::offers(Script script) const {
    const auto now = state();
    if (now == TextComposer::State::unavailable) return false;
    return now != TextComposer::State::ready || session(script) != 0;
}

bool RimeEngine::load() {
    std::error_code error;
    const fs::path base = fs::is_directory(folders_.temporary, error)
                              ? folders_.temporary
                              : fs::temp_directory_path(error);
    std::string name = (base / "pinyin-XXXXXX").string();
    if (!::mkdtemp(name.data())) return false;
    own_ = name;
    const fs::path built = folders_.shared / "build";
    if (!write_schemas(built, own_)) return false;
    api_ = rime_get_api();
    const std::string own = own_.string(), prebuilt = built.string();
    RIME_STRUCT(RimeTraits, traits);
    // The private folder stands for the shared one, too: librime must find no dictionary's source
    // there, or it would compile that anew.
    traits.shared_data_dir = traits.user_data_dir = own.c_str();
    traits.prebuilt_data_dir = prebuilt.c_str();
    traits.distribution_name = traits.distribution_code_name = "citizen-window";
    traits.distribution_version = "1";
    // librime's log may be set up only once in a process; a name asks for that.
    static std::once_flag logging;
    std::call_once(logging, [&] { traits.app_name = "rime.citizen-window"; });
    traits.log_dir = "";  // to stderr only, and only what ends the process
    traits.min_log_level = 3;
    api_->setup(&traits);
    api_->deployer_initialize(&traits);
    const std::string nine_keys = (own_ / (std::string(nine_key_schema) + ".schema.yaml")).string();
    const bool compiled = fs::exists(built / "luna_pinyin.table.bin", error) &&
                          api_->deploy_schema(nine_keys.c_str()) == True;
    const bool has_strokes = fs::exists(built / "stroke.table.bin", error) &&
                             fs::exists(built / "stroke.prism.bin", error);
    api_->initialize(&traits);
    initialised_ = true;
    sessions_ = {open(pinyin_schema, 'a'), compiled ? open(nine_key_schema, '2') : 0,
                 has_strokes ? open(strokes_schema, 'h') : 0};
    return session(Script::pinyin) != 0;
}

std::uintptr_t RimeEngine::open(const char* schema, char probe) {
    const RimeSessionId session = api_->create_session();
    if (session == 0) return 0;
    RimeCandidateListIterator list{};
    bool answers = api_->select_schema(session, schema) == True &&
                   api_->process_key(session, probe, 0) == True &&
                   api_->candidate_list_begin(session, &list) == True;
    if (answers) {
        answers = api_->candidate_list_next(&list) == True;
        api_->candidate_list_end(&list);
    }
    api_->clear_composition(session);
    if (answers) return session;
    api_->destroy_session(session);
    return 0;
}

bool RimeEngine::key(Script script, int code) {
    return api_->process_key(session(script), code, 0) == True;
}

std::string RimeEngine::preedit(Script script) {
    std::string text;
    RIME_STRUCT(RimeContext, context);
    if (api_->get_context(session(script), &context) != True) return text;
    if (context.composition.preedit) text = context.composition.preedit;
    api_->free_context(&context);
    return text;
}

std::vector<RimeEngine::Candidate> RimeEngine::candidates(Script script, std::size_t most) {
    std::vector<Candidate> all;
    RimeCandidateListIterator list{};
    if (api_->candidate_list_begin(session(script), &list) != True) return all;
    while (all.size() < most && api_->candidate_list_next(&list) == True)
        all.push_back({list.candidate.text, list.candidate.comment ? list.candidate.comment : ""});
    api_->candidate_list_end(&list);
    return all;
}

std::optional<std::string> RimeEngine::select(Script script, std::size_t candidate) {
    api_->select_candidate(session(script), candidate);
    RIME_STRUCT(RimeCommit, commit);
    if (api_->get_commit(session(script), &commit) != True) return std::nullopt;
    std::string text(commit.text);
    api_->free_commit(&commit);
    return text;
}

void RimeEngine::clear() {
    for (const auto session : sessions_)
        if (session != 0) api_->clear_composition(session);
}

}  // namespace ui::ime
