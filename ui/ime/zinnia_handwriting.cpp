#include "ui/ime/zinnia_handwriting.hpp"

#include "ui/ime/load_beside.hpp"

#include <zinnia.h>

#include <algorithm>
#include <cmath>
#include <future>
#include <thread>

namespace ui::ime {

namespace {

// zinnia looks at the shape, not at the size; a pad of whole numbers is fine enough.
constexpr double pad = 1000;
// More does not make a character clearer, and bounds the time of a scribble.
constexpr std::size_t strokes_max = 36;
constexpr std::size_t points_max = 48;

struct Freed {
    void operator()(zinnia_recognizer_t* p) const { zinnia_recognizer_destroy(p); }
    void operator()(zinnia_character_t* p) const { zinnia_character_destroy(p); }
    void operator()(zinnia_result_t* p) const { zinnia_result_destroy(p); }
};
using Recogniser = std::unique_ptr<zinnia_recognizer_t, Freed>;
using Character = std::unique_ptr<zinnia_character_t, Freed>;
using Guesses = std::unique_ptr<zinnia_result_t, Freed>;

// The writing as large as the model knows it, wherever on the pad and however small it was written.
struct Frame {
    double aspect, left, top, scale;

    explicit Frame(const domain::Strokes& strokes) : aspect(strokes.aspect) {
        double right = 0, bottom = 0;
        left = top = 1e9;
        for (const auto& line : strokes.lines)
            for (const auto& p : line) {
                left = std::min(left, p.x * aspect);
                right = std::max(right, p.x * aspect);
                top = std::min(top, static_cast<double>(p.y));
                bottom = std::max(bottom, static_cast<double>(p.y));
            }
        // A dot stays a dot.
        const double side = std::max({right - left, bottom - top, 0.15});
        scale = 0.84 * pad / side;
        left -= (pad / scale - (right - left)) / 2;
        top -= (pad / scale - (bottom - top)) / 2;
    }
    int x(double on_pad) const { return whole((on_pad * aspect - left) * scale); }
    int y(double on_pad) const { return whole((on_pad - top) * scale); }
    static int whole(double value) { return static_cast<int>(std::lround(value)); }
};

void add(zinnia_character_t& character, std::size_t stroke, const Frame& frame,
         const std::vector<domain::StrokePoint>& line) {
    const std::size_t count = std::min(line.size(), points_max);
    for (std::size_t i = 0; i < count; ++i) {
        const auto& p = line[count < 2 ? 0 : i * (line.size() - 1) / (count - 1)];
        zinnia_character_add(&character, stroke, frame.x(p.x), frame.y(p.y));
    }
}

}  // namespace

struct ZinniaHandwriting::Model {
    std::filesystem::path path;
    bool there = false;
    std::shared_future<bool> loaded;
    Recogniser recogniser;
    std::jthread loading;

    bool load() {
        if (!there) return false;
        recogniser.reset(zinnia_recognizer_new());
        return zinnia_recognizer_open(recogniser.get(), path.c_str()) != 0 &&
               zinnia_recognizer_size(recogniser.get()) > 0;
    }
};

ZinniaHandwriting::ZinniaHandwriting(std::filesystem::path model)
    : model_(std::make_unique<Model>()) {
    model_->path = std::move(model);
    std::error_code error;
    model_->there = std::filesystem::is_regular_file(model_->path, error);
}
ZinniaHandwriting::~ZinniaHandwriting() = default;

void ZinniaHandwriting::prepare() {
    if (model_->loaded.valid()) return;
    model_->loaded = load_beside(model_->loading, [model = model_.get()] { return model->load(); });
}

void ZinniaHandwriting::finish_preparing() {
    prepare();
    model_->loaded.wait();
}

bool ZinniaHandwriting::offered() {
    if (!model_->loaded.valid()) return model_->there;
    const bool known =
        model_->loaded.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
    return !known || model_->loaded.get();
}

std::vector<std::string> ZinniaHandwriting::recognise(const domain::Strokes& strokes,
                                                      std::size_t most) {
    std::vector<std::string> found;
    finish_preparing();
    if (strokes.empty() || !model_->loaded.get()) return found;
    const Character character(zinnia_character_new());
    zinnia_character_set_width(character.get(), static_cast<std::size_t>(pad));
    zinnia_character_set_height(character.get(), static_cast<std::size_t>(pad));
    const Frame frame(strokes);
    const std::size_t count = std::min(strokes.lines.size(), strokes_max);
    for (std::size_t i = 0; i < count; ++i) add(*character, i, frame, strokes.lines[i]);
    const Guesses guesses(
        zinnia_recognizer_classify(model_->recogniser.get(), character.get(), most));
    if (!guesses) return found;
    for (std::size_t i = 0; i < zinnia_result_size(guesses.get()); ++i)
        found.emplace_back(zinnia_result_value(guesses.get(), i));
    return found;
}

}  // namespace ui::ime
