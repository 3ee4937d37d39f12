#include "ui/ime/nine_key.hpp"

#include <algorithm>

namespace ui::ime {

namespace {

// The syllables of standard Chinese without tones, as the luna_pinyin dictionary spells them.
constexpr std::string_view syllables =
    "a ai an ang ao ba bai ban bang bao bei ben beng bi bian biang biao bie bin bing bo bu ca "
    "cai can cang cao ce cei cen ceng cha chai chan chang chao che chen cheng chi chong chou chu "
    "chua chuai chuan chuang chui chun chuo ci cong cou cu cuan cui cun cuo da dai dan dang dao "
    "de dei den deng di dia dian diao die din ding diu dong dou du duan dui dun duo e ei en eng "
    "er fa fan fang fei fen feng fiao fo fong fou fu ga gai gan gang gao ge gei gen geng gong "
    "gou gu gua guai guan guang gui gun guo ha hai han hang hao he hei hen heng hong hou hu hua "
    "huai huan huang hui hun huo ji jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun "
    "ka kai kan kang kao ke kei ken keng kong kou ku kua kuai kuan kuang kui kun kuo la lai lan "
    "lang lao le lei leng li lia lian liang liao lie lin ling liu lo long lou lu luan lun luo lv "
    "lve ma mai man mang mao me mei men meng mi mian miao mie min ming miu mo mou mu na nai nan "
    "nang nao ne nei nen neng ni nia nian niang niao nie nin ning niu nong nou nu nuan nun nuo "
    "nv nve o ou pa pai pan pang pao pei pen peng pi pia pian piao pie pin ping po pou pu qi qia "
    "qian qiang qiao qie qin qing qiong qiu qu quan que qun ran rang rao re ren reng ri rong rou "
    "ru ruan rui run ruo sa sai san sang sao se sei sen seng sha shai shan shang shao she shei "
    "shen sheng shi shou shu shua shuai shuan shuang shui shun shuo si song sou su suan sui sun "
    "suo ta tai tan tang tao te tei teng ti tian tiao tie ting tong tou tu tuan tui tun tuo wa "
    "wai wan wang wei wen weng wo wong wu xi xia xian xiang xiao xie xin xing xiong xiu xu xuan "
    "xue xun ya yan yang yao ye yi yin ying yo yong you yu yuan yue yun za zai zan zang zao ze "
    "zei zen zeng zha zhai zhan zhang zhao zhe zhei zhen zheng zhi zhong zhou zhu zhua zhuai "
    "zhuan zhuang zhui zhun zhuo zi zong zou zu zuan zui zun zuo";

bool begins_with_digits_of(std::string_view digits, std::string_view syllable) {
    if (syllable.size() > digits.size()) return false;
    return std::equal(syllable.begin(), syllable.end(), digits.begin(),
                      [](char letter, char digit) { return digit_of(letter) == digit; });
}

}  // namespace

char digit_of(char letter) {
    constexpr std::string_view keys = "22233344455566677778889999";
    return letter >= 'a' && letter <= 'z' ? keys[static_cast<std::size_t>(letter - 'a')] : '\0';
}

std::vector<std::string> syllables_at_start(std::string_view digits) {
    std::vector<std::string> found;
    for (std::size_t at = 0; at < syllables.size();) {
        const std::size_t end = std::min(syllables.find(' ', at), syllables.size());
        const std::string_view syllable = syllables.substr(at, end - at);
        if (begins_with_digits_of(digits, syllable)) found.emplace_back(syllable);
        at = end + 1;
    }
    std::stable_sort(found.begin(), found.end(), [](const std::string& a, const std::string& b) {
        return a.size() > b.size();
    });
    return found;
}

std::string spelled(std::string_view keys, std::string_view hint) {
    std::string out;
    std::size_t at = 0;
    bool divide = false;
    for (const char letter : hint) {
        if (letter == ' ' || letter == '\'') {
            divide = true;
            continue;
        }
        if (at == keys.size()) break;  // a syllable not typed to its end
        if (keys[at] == '\'') {
            ++at;
            divide = true;
            if (at == keys.size()) break;
        }
        if (keys[at] != letter && keys[at] != digit_of(letter)) return std::string(keys);
        if (divide && !out.empty()) out += '\'';
        divide = false;
        out += letter;
        ++at;
    }
    if (out.empty() || at == keys.size()) return out.empty() ? std::string(keys) : out;
    if (keys[at] != '\'') out += '\'';
    return out.append(keys.substr(at));
}

}  // namespace ui::ime
