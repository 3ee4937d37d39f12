#include "ui/ime/rime_composer.hpp"

#include "base/secret.hpp"

#include <rime_api.h>
#include <stdlib.h>

#include <algorithm>
#include <fstream>
#include <future>
#include <mutex>
#include <sstream>
#include <thread>

namespace ui::ime {

namespace {

constexpr const char* schema = "luna_pinyin_simp";
constexpr std::size_t candidates_max = 60;
constexpr int key_backspace = 0xFF08;  // as X11 names it

namespace fs = std::filesystem;

std::optional<std::string> read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return std::nullopt;
    std::stringstream all;
    all << in.rdbuf();
    return all.str();
}

// The schema as Debian compiled it, with learning switched off. It stands in the private folder,
// which librime asks first; the dictionaries are taken from the shared one, so nothing is built at
// run time.
bool write_schema(const fs::path& shared, const fs::path& user) {
    auto text = read(shared / "build" / (std::string(schema) + ".schema.yaml"));
    if (!text) return false;
    constexpr std::string_view translator = "\ntranslator:\n";
    const auto at = text->find(translator);
    if (at == std::string::npos) return false;
    text->insert(at + translator.size(), "  enable_user_dict: false\n");
    std::error_code error;
    fs::create_directories(user / "build", error);
    std::ofstream out(user / "build" / (std::string(schema) + ".schema.yaml"), std::ios::binary);
    out << *text;
    std::ofstream list(user / "build" / "default.yaml");
    list << "schema_list:\n  - schema: " << schema << "\n";
    return out.good() && list.good();
}

}  // namespace

class RimeComposer::Engine {
  public:
    explicit Engine(RimeFolders folders) : folders_(std::move(folders)) {}
    ~Engine() {
        if (loading_.joinable()) loading_.join();
        if (session_ != 0) api_->destroy_session(session_);
        if (initialised_) api_->finalize();
        std::error_code error;
        if (!user_.empty()) fs::remove_all(user_, error);
    }

    void prepare() {
        if (begun_) return;
        begun_ = true;
        std::promise<bool> promise;
        loaded_ = promise.get_future().share();
        loading_ = std::jthread(
            [this, promise = std::move(promise)]() mutable { promise.set_value(load()); });
    }
    State state() const {
        if (!begun_) return State::idle;
        if (loaded_.wait_for(std::chrono::seconds(0)) != std::future_status::ready)
            return State::preparing;
        return loaded_.get() ? State::ready : State::unavailable;
    }
    bool ready() const { return begun_ && loaded_.get(); }

    RimeApi& api() { return *api_; }
    RimeSessionId session() const { return session_; }

  private:
    bool load() {
        std::error_code error;
        fs::path base = fs::is_directory(folders_.temporary, error)
                            ? folders_.temporary
                            : fs::temp_directory_path(error);
        std::string name = (base / "pinyin-XXXXXX").string();
        if (!::mkdtemp(name.data())) return false;
        user_ = name;
        if (!write_schema(folders_.shared, user_)) return false;
        api_ = rime_get_api();
        const std::string shared = folders_.shared.string(), user = user_.string();
        RIME_STRUCT(RimeTraits, traits);
        traits.shared_data_dir = shared.c_str();
        traits.user_data_dir = user.c_str();
        traits.distribution_name = traits.distribution_code_name = "citizen-window";
        traits.distribution_version = "1";
        // librime's log may be set up only once in a process; a name asks for that.
        static std::once_flag logging;
        std::call_once(logging, [&] { traits.app_name = "rime.citizen-window"; });
        traits.log_dir = "";  // to stderr only, and only what ends the process
        traits.min_log_level = 3;
        api_->setup(&traits);
        api_->initialize(&traits);
        initialised_ = true;
        session_ = api_->create_session();
        return session_ != 0 && api_->select_schema(session_, schema) == True;
    }

    RimeFolders folders_;
    fs::path user_;
    RimeApi* api_ = nullptr;
    RimeSessionId session_ = 0;
    bool initialised_ = false;
    bool begun_ = false;
    std::shared_future<bool> loaded_;
    std::jthread loading_;
};

RimeComposer::RimeComposer(RimeFolders folders)
    : engine_(std::make_unique<Engine>(std::move(folders))) {}
RimeComposer::~RimeComposer() = default;

void RimeComposer::prepare() {
    engine_->prepare();
}
TextComposer::State RimeComposer::state() {
    return engine_->state();
}

bool RimeComposer::ready() {
    engine_->prepare();
    return engine_->ready();
}

bool RimeComposer::type(char letter) {
    const bool known = (letter >= 'a' && letter <= 'z') || letter == '\'';
    if (!known || !ready()) return false;
    // A divider divides letters; it does not begin anything.
    if (letter == '\'' && composition().letters.empty()) return false;
    return engine_->api().process_key(engine_->session(), letter, 0) == True;
}

void RimeComposer::erase() {
    if (ready()) engine_->api().process_key(engine_->session(), key_backspace, 0);
}

std::optional<std::string> RimeComposer::choose(std::size_t candidate) {
    if (!ready()) return std::nullopt;
    RimeApi& api = engine_->api();
    api.select_candidate(engine_->session(), candidate);
    RIME_STRUCT(RimeCommit, commit);
    if (api.get_commit(engine_->session(), &commit) != True) return std::nullopt;
    std::string text(commit.text);
    api.free_commit(&commit);
    return text;
}

Composition RimeComposer::composition() {
    Composition now;
    if (engine_->state() != State::ready) return now;
    RimeApi& api = engine_->api();
    RIME_STRUCT(RimeContext, context);
    if (api.get_context(engine_->session(), &context) != True) return now;
    if (context.composition.preedit) now.letters = context.composition.preedit;
    api.free_context(&context);
    std::replace(now.letters.begin(), now.letters.end(), ' ', '\'');
    RimeCandidateListIterator list{};
    if (api.candidate_list_begin(engine_->session(), &list) == True) {
        while (now.candidates.size() < candidates_max && api.candidate_list_next(&list) == True)
            now.candidates.emplace_back(list.candidate.text);
        api.candidate_list_end(&list);
    }
    return now;
}

void RimeComposer::clear() {
    if (engine_->state() == State::ready) engine_->api().clear_composition(engine_->session());
}

}  // namespace ui::ime
