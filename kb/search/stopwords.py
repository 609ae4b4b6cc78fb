"""Words too common to search for, spelled as words are compared.

Short on purpose: only words that say nothing by themselves; a word of the field stays.
"""

from kb.search.letters import plain

STOP_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(plain(word, language) for word in words.split())
    for language, words in {
        "en": "a an and are as at be been but by can could did do does for from had has"
        " have he her his how i if in into is it its me my no not of on or our she so"
        " some such than that the their them then there these they this to too us was"
        " we were what when where which who why will with would you your dont doesnt isnt"
        " arent cant wont im ive youre thats whats",
        "fr": "a ai as au aux avec avez avons c ce ces cet cette ceux chez d dans de des"
        " du elle elles en es est et etre eu il ils j je l la le les leur leurs lui m ma"
        " mais me mes mon n ne nos notre nous on ont ou par pas pour qu que quel quelle"
        " qui s sa sans se ses si son sont sur t ta te tes ton tu un une vos votre vous"
        " y comment quand",
        "es": "a al algo como con cual cuando de del desde donde e el ella ellas ellos"
        " en entre era es esa ese eso esta este esto fue ha han hasta hay la las le les"
        " lo los me mi mis muy ni no nos o para pero por porque que quien se ser si sin"
        " sobre son su sus te tu tus un una uno unos y ya yo",
        "pt": "a ao aos as com como da das de do dos e ela ele eles em entre era essa"
        " esse esta este eu foi ha isso ja lhe mais mas me meu minha na nas no nos num"
        " numa nao o os ou para pela pelo por qual quando que quem se sem ser seu sua"
        " sao um uma voce onde nem pelos pelas cada este neste nesta deste desta",
        "ar": "في من على الي عن مع هذا هذه ذلك تلك التي الذي ما لا ان او ثم كل قد هو"
        " هي هم كما بعد قبل عند بين و يا كيف متي هل لم لن اذا حتي",
        "ru": "и в во не что он на я с со как а то все она так его но да ты к у же вы"
        " за бы по от меня еще нет о из ему или для при мы их чем это эти",
        "hi": "का के की को में से पर है हैं और या यह वह इस उस एक ने भी तो ही नहीं कि जो था थी थे"
        " हूँ हो होता होती होते तक लिए क्या कैसे क्यों कब कहाँ मैं हम आप ये वे इन उन जब अगर लेकिन",
        "sw": "na ya wa kwa ni za la cha vya katika kama au hii hiyo huu huo hizi hizo hili"
        " hilo hiki hicho hawa hao si je pia yake yao wake wao ambayo ambao lakini ili kwamba"
        " kutoka hadi nini gani vipi",
        "bn": "ও এবং এর এই সেই যে যা কি কী কে আর বা অথবা না নয় হয় হয়ে করে থেকে জন্য সাথে সঙ্গে তার"
        " তাদের আমি আমার আমরা আমাদের আপনি আপনার একটি একটা এক কিন্তু যদি তবে তা কেন কখন কোথায়"
        " কিভাবে কীভাবে দিয়ে",
        "zh": "的 了 和 与 與 及 或 在 是 有 我 你 他 她 它 我们 我們 你们 你們 他们 他們 这 這 那 这个 這個 那个"
        " 那個 什么 什麼 怎么 怎麼 怎样 怎樣 如何 为什么 為什麼 哪 哪里 哪裡 谁 誰 吗 嗎 呢 吧 不 也 都 就 而 但 但是"
        " 因为 因為 所以 如果 对 對 为 為 以 被 把 从 從 到 于 之 其 要 会 會 能 可以 一个 一個 并 很 请 請",
        "ja": "の に は を が で と も へ や か から まで より です ます する した して いる ある この その これ"
        " それ など ため こと",
        "de": "der die das und oder in im ist sind ein eine einer zu zum zur mit von auf"
        " für als auch an bei nicht es ich wir sie wie was wann wo warum er ihr man aus nach"
        " um so wenn dass dem den des einem einen eines wird werden hat haben kann durch",
        "it": "il lo la i gli le e o di a da in con su per tra fra un una uno che non si"
        " come quando sono del dello della dei degli delle al allo alla ai alle dal dalla"
        " nel nella nei nelle sul sulla ed ad ma anche ha ho hanno io noi dove perche cosa",
    }.items()
}

BUT_FOR_ACCENTS = {"fr": frozenset(("maïs",)), "es": frozenset(("té",))}
"""Words that are common only where their accents are left out: maize and tea."""
